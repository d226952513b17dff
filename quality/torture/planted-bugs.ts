/** Guards of the store against lost updates. Without them, the torture must find violations. */
export const bugs: readonly { file: string; guard: string }[] = [
  // Changes a transaction in any state, also after its end.
  { file: 'transaction-statements.ts', guard: '\n    .where(isIn(from, now))' },
  // Takes a step that another request has taken.
  { file: 'step-statements.ts', guard: "\n      .where('step', '=', $.step)" },
  {
    file: 'step-statements.ts',
    guard: "\n      .where('step', '=', claimedStep)\n      .where('claimedBy', '=', owner)",
  },
  // Saves a person over an unseen revision.
  { file: 'identity-statements.ts', guard: "\n    .where('rev', '=', rev)" },
]
