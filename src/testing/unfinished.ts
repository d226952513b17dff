/** An answer that the author of a walk still has to write. */
export const unfinished = 'TODO'
