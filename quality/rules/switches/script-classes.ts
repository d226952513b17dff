import type { RuleSwitch } from '../rule-switch.ts'

const gateTests = ['src/sandbox/hosts/slow-calls.test.ts']
const keyTests = ['src/sandbox/hosts/crypto.test.ts']
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
    from: 'if (own.length >= maxWaiting) {',
    to: 'if (own.length >= maxWaiting * 1000) {',
    tests: gateTests,
  },
  {
    rule: 'S50',
    off: 'derived keys are not counted as slow',
    file: 'src/sandbox/hosts/crypto.ts',
    from: 'return turn.slow(() => deriveKey(chosen, password))',
    to: 'return deriveKey(chosen, password)',
    tests: bindingTests,
  },
  {
    rule: 'S50',
    off: 'new key pairs are not counted as slow',
    file: 'src/sandbox/hosts/crypto.ts',
    from: 'hasPair(chosen.name) ? turn.slow(() => newPair(chosen)) : newSecret(chosen)',
    to: 'hasPair(chosen.name) ? newPair(chosen) : newSecret(chosen)',
    tests: bindingTests,
  },
  {
    rule: 'S50',
    off: 'the scripts of one realm take all places and turns',
    file: 'src/sandbox/hosts/slow-calls.ts',
    from: '  const own = waiting.get(realm) ?? []',
    to: "  realm = ''\n  const own = waiting.get(realm) ?? []",
    tests: gateTests,
  },
  {
    rule: 'S50',
    off: 'keys of scripts have any size',
    file: 'src/sandbox/hosts/crypto-keys.ts',
    from: 'length * 8 > maxKeyBits) {',
    to: 'length * 8 > maxKeyBits * 1000) {',
    tests: keyTests,
  },
  {
    rule: 'S50',
    off: 'a small modulus hides large primes',
    file: 'src/sandbox/hosts/crypto-keys.ts',
    from: "['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi']",
    to: "['n']",
    tests: keyTests,
  },
  {
    rule: 'S50',
    off: 'operations with keys of scripts run all at once',
    file: 'src/sandbox/hosts/crypto.ts',
    from: '  hasPair(name) ? turn.brief(work) : work()',
    to: '  hasPair(name) ? work() : work()',
    tests: keyTests,
  },
  {
    rule: 'S50',
    off: 'large keys verify JWTs',
    file: 'src/sandbox/hosts/jwt.ts',
    from: '  refuseLargeKey({ n, e })',
    to: '',
    tests: keyTests,
  },
  {
    rule: 'S50',
    off: 'a hash decides how long its check takes',
    file: 'src/sandbox/hosts/bcrypt.ts',
    from: 'if (cost > maxCost) {',
    to: 'if (cost > maxCost * 3) {',
    tests: keyTests,
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
