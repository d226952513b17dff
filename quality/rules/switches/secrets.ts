import type { RuleSwitch } from '../rule-switch.ts'

const directoryTests = ['test/people/directory-secrets.test.ts']
const signatureTests = ['test/operations/audit-signatures.test.ts']

const samples: readonly RuleSwitch[] = [
  {
    rule: 'S04',
    off: 'a new data folder gets the sample people although the base URL is public',
    file: 'src/config.ts',
    from: 'isLoopback(HOST) && !isPublicUrl && ',
    to: 'isLoopback(HOST) && ',
    tests: ['src/config.test.ts'],
  },
  {
    rule: 'S04',
    off: 'a new data folder gets the sample people behind a proxy',
    file: 'src/config.ts',
    from: '!isPublicUrl && proxies.length === 0',
    to: '!isPublicUrl',
    tests: ['src/config.test.ts'],
  },
  {
    rule: 'S04',
    off: 'nothing warns of sample people with their published passwords',
    file: 'src/server/start-warnings.ts',
    from: '    await warnOfSamplePasswords(identities, passwords, log)\n',
    to: '    void warnOfSamplePasswords\n',
    tests: directoryTests,
  },
]

const directorySecrets: readonly RuleSwitch[] = [
  {
    rule: 'S06',
    off: "a realm's directory can be given the secret of another realm",
    file: 'src/http/realms/directory-change.ts',
    from: 'bindSecret !== settings.directory.bindSecret && !isDirectoryLabelOf(path, bindSecret)',
    to: 'bindSecret.length > 1000',
    tests: directoryTests,
  },
  {
    rule: 'S06',
    off: 'a stored label of another realm is still read',
    file: 'src/people/directories/directories.ts',
    from: "namesOtherRealm(path, label, paths) ? '' : ",
    to: "namesOtherRealm(path, label, []) ? '' : ",
    tests: directoryTests,
  },
  {
    rule: 'S06',
    off: 'a realm administrator sends the bind password to a server of their own',
    file: 'src/http/realms/directory-change.ts',
    from: "(await call.rights()).may('administrator', '/')",
    to: "(await call.rights()).may('realm', path)",
    tests: directoryTests,
  },
  {
    rule: 'S06',
    off: 'a realm administrator names any server with a secret of their realm',
    file: 'src/http/realms/directory-change.ts',
    from: 'return { servers, connection,',
    to: 'return { connection,',
    tests: directoryTests,
  },
  {
    rule: 'S06',
    off: 'two realms share a variable',
    file: 'src/secrets/directory-labels.ts',
    from: "(char === '/' ? '--' : `-x${char.charCodeAt(0).toString(16)}-`)",
    to: "(char === '/' ? '-' : char)",
    tests: ['src/secrets/directory-labels.test.ts'],
  },
  {
    rule: 'S06',
    off: 'the trial of a directory tells realm administrators open from closed ports',
    file: 'src/http/people/people-directory.ts',
    from: "isAdministrator ? reasonOf(error.cause) : 'unavailable'",
    to: 'isAdministrator || true ? reasonOf(error.cause) : undefined',
    tests: directoryTests,
  },
]

const labels: readonly RuleSwitch[] = [
  {
    rule: 'S07',
    off: 'nodes read secrets of directories and of scripts',
    file: 'src/secrets/secret-labels.ts',
    from: 'variable === undefined || reservedVariable.test(variable)',
    to: 'variable === undefined',
    tests: ['src/secrets/secret-labels.test.ts'],
    attack: 'borrowed-secret',
  },
  {
    rule: 'S07',
    off: 'labels are compared before they are mapped, and need not be ASCII',
    file: 'src/secrets/secret-labels.ts',
    from: 'return /^[\\w.-]+$/.test(label) ?',
    to: "return label !== '' ?",
    tests: ['src/secrets/secret-labels.test.ts'],
  },
]

const fences: readonly RuleSwitch[] = [
  {
    rule: 'S11',
    off: 'LDAP and SMTP nodes reach services inside',
    file: 'src/outgoing/fenced-socket.ts',
    from: 'const isListed = allowed.some(',
    to: 'const isListed = true || allowed.some(',
    tests: ['src/outgoing/fenced-socket.test.ts'],
    attack: 'inner-directory',
  },
  {
    rule: 'S11',
    off: 'a name leads inside',
    file: 'src/outgoing/address-fence.ts',
    from: '!isListed && addresses.some(({ address }) => !isPublicAddress(address))',
    to: 'addresses.length === 0',
    tests: ['src/outgoing/fenced-socket.test.ts', 'src/outgoing/address-fence.test.ts'],
    attack: 'inner-directory',
  },
  {
    rule: 'S11',
    off: 'an address leads inside',
    file: 'src/outgoing/address-fence.ts',
    from: 'if (isIP(host) !== 0 && !isListed && !isPublicAddress(host)) throw refusal()',
    to: 'if (isIP(host) !== 0 && isListed && !isPublicAddress(host)) resolve satisfies unknown',
    tests: ['src/outgoing/fenced-socket.test.ts'],
    attack: 'inner-directory',
  },
  {
    rule: 'S11',
    off: 'directories are connected to without the fence',
    file: 'src/people/directories/ldap/connection.ts',
    from: '    ...fencedConnections(fence, { host, port }, tlsOptions(server, directory)),\n',
    to: '    ...(fence.allowed.length > 1000 ? fencedConnections(fence, { host, port }, tlsOptions(server, directory)) : {}),\n',
    tests: directoryTests,
    attack: 'inner-directory',
  },
]

const auditChain: readonly RuleSwitch[] = [
  {
    rule: 'S21',
    off: 'a rewritten chain counts as the signed one',
    file: 'src/audit/verify-chain.ts',
    from: "  if (differs(end)) return { brokenAt: row.sequence, reason: 'its hash is not the signed one' }\n",
    to: '  if (differs(end)) return undefined\n',
    tests: signatureTests,
  },
  {
    rule: 'S21',
    off: 'rows can be cut off at the end',
    file: 'src/audit/verify-chain.ts',
    from: 'const known = end === undefined ? expected : [...expected, end]',
    to: 'const known = expected',
    tests: signatureTests,
    attack: 'rewritten-audit',
  },
  {
    rule: 'S21',
    off: 'a chain without its signature passes for one from before signing',
    file: 'src/audit/verify-chain.ts',
    from: 'return hasBegun()',
    to: 'return hasBegun() && end !== undefined',
    tests: signatureTests,
    attack: 'rewritten-audit',
  },
  {
    rule: 'S21',
    off: 'a server signs a chain that lost its signature',
    file: 'src/audit/chain-trust.ts',
    from: 'state.endSignature === null && (isNew || !hasBegun())',
    to: 'state.endSignature === null',
    tests: signatureTests,
    attack: 'rewritten-audit',
  },
  {
    rule: 'S21',
    off: 'removing keys makes a signed chain an unsigned one',
    file: 'src/secrets/key-ring.ts',
    from: 'madeAt: now(), activeAt: 0, signsAudit: true',
    to: 'madeAt: now(), activeAt: 0, signsAudit: false',
    tests: signatureTests,
    attack: 'rewritten-audit',
  },
  {
    rule: 'S21',
    off: 'rows can be removed at the beginning as if by retention',
    file: 'src/audit/verify-chain.ts',
    from: 'removed.sequence >= end.since && !isSignedBeginning',
    to: 'removed.sequence < 0 && !isSignedBeginning',
    tests: signatureTests,
  },
  {
    rule: 'S21',
    off: 'anyone can make a signature',
    file: 'src/audit/signed-ends.ts',
    from: 'if (!isMacOf(`audit end',
    to: 'if (keys().length === 0 && !isMacOf(`audit end',
    tests: signatureTests,
  },
]

const names: readonly RuleSwitch[] = [
  {
    rule: 'S22',
    off: 'a bundle stores a journey that is named like a path',
    file: 'src/journeys/exchange/bundle.ts',
    from: 'journeyDocumentSchema.extend({ _id: nameSchema })',
    to: 'journeyDocumentSchema',
    tests: ['src/http/journeys/journey-import.test.ts'],
  },
  {
    rule: 'S22',
    off: 'an export writes outside its folder',
    file: 'src/journeys/exchange/write-export.ts',
    from: '/[%/\\\\:*?"<>|\\p{Cc}]|^\\.|[. ]$/gu',
    to: '/[%\\\\:*?"<>|\\p{Cc}]/gu',
    tests: ['src/journeys/exchange/closure.test.ts'],
  },
  {
    rule: 'S22',
    off: 'an export opens a device of Windows',
    file: 'src/journeys/exchange/write-export.ts',
    from: '.replace(deviceName, escaped)',
    to: ".replace(/^$/, '')",
    tests: ['src/journeys/exchange/closure.test.ts'],
  },
]

const gateways: readonly RuleSwitch[] = [
  {
    rule: 'R10',
    off: 'the secrets of gateways are stored as they are',
    file: 'src/realms/sealed-realms.ts',
    from: 'const value = sealValue(sealer, secret)',
    to: 'const value = sealer && secret',
    tests: ['test/http/gateway-secrets.test.ts'],
  },
  {
    rule: 'R10',
    off: 'a stored secret follows its gateway to another host',
    file: 'src/realms/sealed-realms.ts',
    from: 'if (isSame) return existing',
    to: 'if (isSame || existing) return existing',
    tests: ['test/http/gateway-secrets.test.ts'],
  },
  {
    rule: 'R10',
    off: 'a placeholder moves a stored secret to another host',
    file: 'src/realms/messaging-settings.ts',
    from: ".refine(hasFixedHost, 'must have a host without placeholders')",
    to: ".refine((text) => hasFixedHost(text) || text !== '', 'must have a host without placeholders')",
    tests: ['test/http/gateway-secrets.test.ts: the host of a gateway'],
  },
  {
    rule: 'R10',
    off: 'an administrator reads a stored secret in a text',
    file: 'src/realms/messaging-settings.ts',
    from: 'return JSON.stringify([provider, url, method, sorted, contentType, body])',
    to: 'return JSON.stringify([provider, URL.parse(url)?.origin, method && sorted && contentType && body && 1])',
    tests: ['test/http/gateway-secrets.test.ts: nobody can have'],
  },
  {
    rule: 'R11',
    off: 'a report changes a final state',
    file: 'src/outbox/message.ts',
    from: "failed: ['queued', 'sent'],",
    to: "failed: ['queued', 'sent', 'delivered'],",
    tests: ['src/outbox/message-outbox.test.ts'],
  },
  {
    rule: 'R11',
    off: 'a token counts after its message became useless',
    file: 'src/store/messages.ts',
    from: ".where('expiresAt', '>', $.now),",
    to: ".where('expiresAt', '>', 0),",
    tests: ['src/outbox/message-outbox.test.ts: records reports'],
  },
  {
    rule: 'R11',
    off: 'a message is sent after it became useless',
    file: 'src/outbox/message-outbox.ts',
    from: 'const result = expiresAt <= now() ? expired : await',
    to: 'const result = expiresAt <= 0 ? expired : await',
    tests: ['src/outbox/message-outbox.test.ts: never sends a message'],
  },
  {
    rule: 'R11',
    off: "the log has a gateway's own words",
    file: 'src/outbox/gateways/gateway.ts',
    from: 'z.string().regex(/^[\\w.:-]{1,80}$/)',
    to: 'z.string()',
    tests: ['src/outbox/gateways/providers.test.ts: never logs'],
  },
]

/** Switches for secrets, outgoing connections, the audit chain and files. */
export const secretSwitches: readonly RuleSwitch[] = [
  ...samples,
  ...directorySecrets,
  ...labels,
  ...fences,
  ...gateways,
  ...auditChain,
  ...names,
]
