/** Guards of the store that make sure that nobody changes what they have not seen. Without them the torture has to notice. */
export const bugs: readonly { file: string; guard: string }[] = [
  // A transaction is completed although it is completed already.
  { file: 'transaction-statements.ts', guard: "\n    .where('state', '!=', 'COMPLETED')" },
  // A step is taken that somebody has taken.
  { file: 'step-statements.ts', guard: "\n      .where('step', '=', $.step)" },
  {
    file: 'step-statements.ts',
    guard: "\n      .where('step', '=', claimedStep)\n      .where('claimedBy', '=', owner)",
  },
  // A person is saved over a revision that nobody has seen.
  { file: 'identity-statements.ts', guard: "\n    .where('rev', '=', rev)" },
]
