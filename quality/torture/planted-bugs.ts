/** Guards of the store against lost updates. Without them, the torture must find violations. */
export const bugs: readonly { file: string; guard: string }[] = [
  // Completes a transaction that is already completed.
  { file: 'transaction-statements.ts', guard: "\n    .where('state', '!=', 'COMPLETED')" },
  // Takes a step that another request has taken.
  { file: 'step-statements.ts', guard: "\n      .where('step', '=', $.step)" },
  {
    file: 'step-statements.ts',
    guard: "\n      .where('step', '=', claimedStep)\n      .where('claimedBy', '=', owner)",
  },
  // Saves a person over an unseen revision.
  { file: 'identity-statements.ts', guard: "\n    .where('rev', '=', rev)" },
]
