import type { RuleSwitch } from '../rule-switch.ts'

const gateTests = ['src/sandbox/hosts/slow-calls.test.ts']
const tokenTests = ['src/sandbox/bindings/java-crypto.test.ts']
const bindingTests = ['src/sandbox/bindings/services.test.ts']

/** Switches for the classes and calculations of scripts. */
export const scriptClassSwitches: readonly RuleSwitch[] = [
  {
    rule: 'S50',
    off: 'a script makes as many RSA keys as it makes calls',
    file: 'src/sandbox/hosts/slow-calls.ts',
    from: 'if (++run.count > maxPerRun) {',
    to: 'if (++run.count > maxPerRun * 1000) {',
    tests: gateTests,
  },
  {
    rule: 'S50',
    off: 'scripts take all threads of the server',
    file: 'src/sandbox/hosts/slow-calls.ts',
    from: 'if (running < maxAtOnce) running++',
    to: 'if (running < maxAtOnce * 100) running++',
    tests: gateTests,
  },
  {
    rule: 'S50',
    off: 'calculations of scripts wait without end',
    file: 'src/sandbox/hosts/slow-calls.ts',
    from: 'if (waiting.length >= maxWaiting) {',
    to: 'if (waiting.length >= maxWaiting * 1000) {',
    tests: gateTests,
  },
  {
    rule: 'S50',
    off: 'derived keys are not counted as slow',
    file: 'src/sandbox/hosts/crypto.ts',
    from: 'return slow(() => deriveKey(chosen, password))',
    to: 'return deriveKey(chosen, password)',
    tests: bindingTests,
  },
  {
    rule: 'S50',
    off: 'new key pairs are not counted as slow',
    file: 'src/sandbox/hosts/crypto.ts',
    from: 'hasPair(chosen.name) ? slow(() => newPair(chosen)) : newSecret(chosen)',
    to: 'hasPair(chosen.name) ? newPair(chosen) : newSecret(chosen)',
    tests: bindingTests,
  },
  {
    rule: 'S51',
    off: 'a public RSA key verifies HMAC signatures, which anyone can make with it',
    file: 'src/sandbox/bindings/java-jose.js',
    from: 'return algorithms[alg].name === kindOf(held) ? algorithms[alg] : undefined',
    to: 'return algorithms[alg]',
    tests: tokenTests,
  },
  {
    rule: 'S51',
    off: 'a variable of the wrong type is told to the script and the log',
    file: 'src/sandbox/bindings/system-env.js',
    from: '(pattern.test(text.trim()) ? Number(text) : refuse(type))',
    to: '(pattern.test(text.trim()) ? Number(text) : refuse(text))',
    tests: bindingTests,
  },
]
