/** German: the frame, new checks, history, hand-over, approvals, the wall and the numbers. These texts exist, and the other languages must have the same. */
export const team = {
  Language: 'Sprache',
} as const
