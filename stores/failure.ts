/** A failure as the pages show it: a code that has words of its own in the locales, and what was reported. */
export interface Failure {
  code: string
  /** In English, for reports of errors; empty when nothing is known. */
  detail: string
}

/**
 * Reads whatever was thrown. Errors that carry a code (the archive's do) keep it, a full disk has one whoever found it full;
 * all else is `failed`.
 */
export function toFailure(error: unknown): Failure {
  if (typeof error !== 'object' || error === null) return { code: 'failed', detail: String(error ?? '') }
  const { code, message } = error as { code?: unknown; message?: unknown }
  const isFull = error instanceof DOMException && error.name === 'QuotaExceededError'
  return {
    code: isFull ? 'quota-exceeded' : typeof code === 'string' ? code : 'failed',
    detail: typeof message === 'string' ? message : '',
  }
}
