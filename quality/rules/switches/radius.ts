import type { RuleSwitch } from '../rule-switch.ts'

const packet = { rule: 'S59', file: 'src/people/radius/packet.ts' } as const
const clientTests = ['src/people/radius/radius.test.ts']
const node = {
  rule: 'S59',
  file: 'src/nodes/basic-authentication/radius-decision.ts',
  tests: ['src/nodes/basic-authentication/radius-decision.test.ts'],
} as const

const ports = {
  rule: 'S59',
  file: 'src/runtime/ports/guarded-passwords.ts',
  tests: ['test/journeys/radius-journeys.test.ts'],
} as const

/** Switches for sign-ins with RADIUS servers. */
export const radiusSwitches: readonly RuleSwitch[] = [
  {
    ...packet,
    off: 'an answer without Message-Authenticator counts, which anybody on the way can forge',
    from: "if (proof === undefined) throw new PacketError('an answer has no Message-Authenticator')",
    to: 'if (proof === undefined) return',
    tests: [...clientTests, 'test/journeys/radius-journeys.test.ts'],
  },
  {
    ...packet,
    off: 'any Message-Authenticator counts',
    from: "if (!timingSafeEqual(proof.value, createHmac('md5', secret).update(signed).digest())) {",
    to: 'if (proof.value.length === 0) {',
    tests: clientTests,
  },
  {
    ...packet,
    off: 'any Response Authenticator counts',
    from: 'if (!timingSafeEqual(packet.subarray(4, headerBytes), responseAuthenticator(packet, request))) {',
    to: 'if (responseAuthenticator(packet, request).length === 0) {',
    tests: clientTests,
  },
  {
    ...packet,
    off: 'a password with zeros at its end is as good as the right one',
    from: "    !password.includes('\\0')",
    to: "    password !== '\\0\\0'",
    tests: ['src/people/radius/packet.test.ts', ...clientTests],
  },
  {
    rule: 'S59',
    off: 'a realm with a wrong secret has other realms ask another server',
    file: 'src/people/radius/radius.ts',
    from: 'remember(silentUntil, `${realm} ${server}`, now()',
    to: 'remember(silentUntil, `/alpha ${server}`, now()',
    tests: clientTests,
  },
  {
    rule: 'S59',
    off: 'RADIUS nodes reach the internal network',
    file: 'src/outgoing/fenced-socket.ts',
    from: '  const { host, port, lookup } = optionsFor(fence, target)\n  const found',
    to: '  const { host, port, lookup } = optionsFor({ ...fence, allowed: [target.host] }, target)\n  const found',
    tests: clientTests,
  },
  {
    ...node,
    off: 'an answer to the challenge of one person signs in another',
    from: 'return data?.userName === username && data.response',
    to: 'return data?.response',
  },
  {
    ...node,
    off: 'a RADIUS node sends what is hidden with any secret of the realm',
    from: 'named(`am.authentication.nodes.radius.${purpose}.secret`)',
    to: 'named(purpose)',
  },
  {
    rule: 'S59',
    off: 'other servers learn the answer to a challenge, and take it for a password',
    file: 'src/people/radius/radius.ts',
    from: 'return named.includes(challenger) ? [challenger] : []',
    to: 'return [challenger, ...named.filter((each) => each !== challenger)]',
    tests: clientTests,
  },
  {
    rule: 'S59',
    off: 'an answer goes to the server of a challenge that was removed from the node',
    file: 'src/people/radius/radius.ts',
    from: 'return named.includes(challenger) ? [challenger] : []',
    to: 'return [challenger]',
    tests: clientTests,
  },
  {
    rule: 'S59',
    off: 'servers that are silent keep a request for as long as a journey names them',
    file: 'src/people/radius/radius.ts',
    from: 'const deadline = now() + maxWaitMs',
    to: 'const deadline = now() + maxWaitMs * 100',
    tests: clientTests,
  },
  {
    ...ports,
    off: 'an address guesses passwords at RADIUS servers without end',
    from: `      guardedByAddress(run, async () => {
        const question`,
    to: `      (async (work: () => ReturnType<RadiusPort['check']>) => work())(async () => {
        const question`,
  },
  {
    ...ports,
    off: 'a one-time code is used up twice, so the person is refused',
    from: 'known.set(question, verdict)',
    to: '',
  },
]
