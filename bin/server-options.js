/**
 * Options of Node for a server. A small young generation that one thread collects takes 15 MB less memory, and two helper threads
 * of V8 take 5 MB less than four; steps cost the same. Half that young generation makes steps dearer. `npm start` passes the
 * options, which is faster than starting again.
 */
export const serverOptions = [
  '--disable-warning=ExperimentalWarning',
  '--max-semi-space-size=4',
  '--no-parallel-scavenge',
  '--v8-pool-size=2',
]
