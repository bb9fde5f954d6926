/** Writes a size for a reader: `0 KB`, `12 KB`, `3.4 MB`, `1.2 GB`; in decimal units, as browsers show them. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.ceil(bytes / 1000)} KB`
  if (bytes < 1_000_000_000) return `${(bytes / 1_000_000).toFixed(1)} MB`
  return `${(bytes / 1_000_000_000).toFixed(1)} GB`
}
