/** How long a deleted thread can be had back, also after its tab was closed. In milliseconds. */
export const UNDO_WINDOW = 30 * 60_000
