/**
 * A fault of one rule that no change of a single node makes: it adds something, swaps two things or makes a check depend on the wrong
 * value.
 */
export type Patch = {
  rule: string
  /** Consequence of the fault, as after `otherwise` in a marker. */
  otherwise: string
  file: string
  /** Occurs exactly once in the file. */
  from: string
  to: string
}

export const patches: readonly Patch[] = [
  {
    rule: 'H1',
    otherwise: 'a link can be guessed from the time',
    file: 'src/help-desk/transactions/transactions.ts',
    from: 'const id = randomUUID()',
    to: 'const id = `${now}-${randomUUID().slice(0, 2)}`',
  },
  {
    rule: 'H6',
    otherwise: 'a check continues after "this is not me"',
    file: 'src/store/transaction-statements.ts',
    from: "change(db, 'deny', $, { denial, rejectedAt",
    to: "change(db, 'note', $, { denial, rejectedAt",
  },
  {
    rule: 'H7',
    otherwise: 'agents see every attribute of a person',
    file: 'src/http/help-desk/checks/person-for-agents.ts',
    from: 'fields.flatMap((name)',
    to: '[...fields, ...Object.keys(person)].flatMap((name)',
  },
  {
    rule: 'H14',
    otherwise: 'reading the description of a link changes the check',
    file: 'src/http/help-desk/transactions/callers-page.ts',
    from: `  return { body: await description(from, call, await named(from, call)) }
`,
    to: `  const opened = await named(from, call)
  await from.transactions.cancel(opened.idHash)
  return { body: await description(from, call, opened) }
`,
  },
  {
    rule: 'H14',
    otherwise: 'a page has the id of its link',
    file: 'src/http/first-look.ts',
    from: 'return { realm: address.realm, journey, language, appearance }',
    to: 'return { ...address, realm: address.realm, journey, language, appearance }',
  },
  {
    rule: 'H15',
    otherwise: 'a completed transaction can get another result',
    file: 'src/help-desk/transactions/transaction.ts',
    from: 'approve: { from: openStates,',
    to: 'approve: { from: states,',
  },
  {
    rule: 'H15',
    otherwise: 'a result does not end its transaction',
    file: 'src/help-desk/transactions/transaction.ts',
    from: "to: { state: 'COMPLETED', result: 'APPROVED' }",
    to: "to: { state: 'IN_PROGRESS', result: 'APPROVED' }",
  },
  {
    rule: 'H15',
    otherwise: 'a completed check can be cancelled',
    file: 'src/help-desk/transactions/transaction.ts',
    from: 'cancel: { from: openStates,',
    to: 'cancel: { from: states,',
  },
  {
    rule: 'H15',
    otherwise: 'a completed check can start again',
    file: 'src/help-desk/transactions/transaction.ts',
    from: "start: { from: ['CREATED'],",
    to: 'start: { from: states,',
  },
  {
    rule: 'H11',
    otherwise: 'the link goes to an address that a script put into the state',
    file: 'src/help-desk/transactions/link-mail.ts',
    from: 'const to = addressOf(person)',
    to: 'const to = addressOf({ ...person, attributes: { mail: person.attributes.alternateMail ?? `${person.userName}@evil.example` } })',
  },
  {
    rule: 'H19',
    otherwise: 'a journey ends in success when a node failed',
    file: 'src/engine/advance.ts',
    from: "return { session: ended(session), transient: {}, next: { kind: 'failure', reason, ...cause } }",
    to: "return { session: ended(session), transient: {}, next: cause.isError ? { kind: 'success' } : { kind: 'failure', reason } }",
  },
  {
    rule: 'H20',
    otherwise: 'a privileged account is verified by one agent',
    file: 'samples/alpha/scripts/privileged-account.js',
    from: 'action.goTo(isNamed || person._access.roles.length > 0 ? "privileged" : "ordinary")',
    to: 'action.goTo("ordinary")',
  },
  {
    rule: 'R1',
    otherwise: 'scripts can read people of the root realm',
    file: 'src/people/identity-unit.ts',
    from: 'this.#identities.find(this.realm, nameOrId, undefined, latest)',
    to: "this.#identities.find(nameOrId === 'amadmin' ? '/' : this.realm, nameOrId, undefined, latest)",
  },
  {
    rule: 'S23',
    otherwise: 'a cookie under the name of before hides that of the realm',
    file: 'src/engine/cookie.ts',
    from: 'return [name, configured].flatMap',
    to: 'return [configured, name].flatMap',
  },
  {
    rule: 'S23',
    otherwise: 'a persistent cookie works in a realm that did not set it',
    file: 'src/sessions/persistent-cookies.ts',
    from: 'signingKey, realm, 32',
    to: "signingKey, realm === '' ? realm : '', 32",
  },
  {
    rule: 'R1',
    otherwise: 'another realm decides which properties of a session are set',
    file: 'src/http/authentication/sessions.ts',
    from: 'await listedNames(dependencies, session.realm)',
    to: 'await listedNames(dependencies, call.realm.path)',
  },
  {
    rule: 'R1',
    otherwise: 'another realm decides which properties of a session are seen',
    file: 'src/http/authentication/sessions.ts',
    from: 'await listedNames(from, realm)',
    to: "await listedNames(from, realm === '/alpha' ? '/beta' : realm)",
  },
  {
    rule: 'R13',
    otherwise: 'administrators write the text of a test email',
    file: 'src/http/operations/server.ts',
    from: 'plainTestMail(to))',
    to: '{ ...plainTestMail(to), ...Object(call.body) })',
  },
  {
    rule: 'R13',
    otherwise: 'authors of journeys send an email template to anybody',
    file: 'src/http/realms/email-templates.ts',
    from: 'const to = person?.attributes.mail',
    to: 'const to = Object(call.body).to ?? person?.attributes.mail',
  },
  {
    rule: 'R14',
    otherwise: 'a test message goes through a gateway in the request',
    file: 'src/http/realms/messaging-test.ts',
    from: 'await sendTestMessage(messageOutbox, path, channel, number)',
    to: 'await sendTestMessage(messageOutbox, String(Object(call.body).realm ?? path), channel, number)',
  },
  {
    rule: 'S27',
    otherwise: 'unanswered journeys are stored for a day',
    file: 'src/store/steps.ts',
    from: 'statements.removeUnanswered({ before, limit })',
    to: 'statements.removeUnanswered({ before: before - 86_400_000, limit })',
  },
  {
    rule: 'S19',
    otherwise: 'a number that just changed counts as the number on file',
    file: 'samples/alpha/scripts/number-on-file.js',
    from: ' || changedLately.indexOf("telephoneNumber") >= 0',
    to: '',
  },
  {
    rule: 'S19',
    otherwise: 'a manager who was just set can vouch for the caller',
    file: 'samples/alpha/scripts/manager-on-file.js',
    from: 'isSettled(caller) ? managerOf(caller) : null',
    to: 'managerOf(caller)',
  },
  {
    rule: 'S50',
    otherwise: 'the scripts of one realm take all places and turns',
    file: 'src/sandbox/hosts/slow-calls.ts',
    from: '  const own = waiting.get(realm) ?? {',
    to: `  realm = ''
  const own = waiting.get(realm) ?? {`,
  },
  {
    rule: 'S59',
    otherwise: 'RADIUS nodes reach the internal network',
    file: 'src/outgoing/fenced-socket.ts',
    from: `  const { host, port, lookup } = optionsFor(fence, target)
  const found`,
    to: `  const { host, port, lookup } = optionsFor({ ...fence, allowed: [target.host] }, target)
  const found`,
  },
  {
    rule: 'S60',
    otherwise: 'a valid ID token signs in without the node that identifies its person',
    file: 'src/nodes/federation/oidc.ts',
    from: "    return goTo('true')",
    to: "    return goTo('true', { identified: { kind: 'user', name: String(jwtClaims.sub) } })",
  },
  {
    rule: 'R10',
    otherwise: 'the secrets of gateways are stored as they are',
    file: 'src/realms/sealed-realms.ts',
    from: 'const value = sealValue(sealer, secret)',
    to: 'const value = sealer && secret',
  },
  {
    rule: 'R10',
    otherwise: 'an administrator reads a stored secret in a text',
    file: 'src/realms/messaging-settings.ts',
    from: 'return { provider, url, method, headers, contentType, body }',
    to: "return { provider, url: URL.parse(url)?.origin ?? '', sent: Boolean(method && headers && contentType && body) }",
  },
  {
    rule: 'R11',
    otherwise: 'a report changes a final state',
    file: 'src/outbox/message.ts',
    from: "failed: ['queued', 'sent'],",
    to: "failed: ['queued', 'sent', 'delivered'],",
  },
  {
    rule: 'S36',
    otherwise: 'a change of a description lifts the restriction to realms',
    file: 'src/store/esvs.ts',
    from: 'nullif(coalesce(${$.realms}, realms)',
    to: 'nullif(coalesce(${$.realms}, null)',
  },
  {
    rule: 'S47',
    otherwise: 'kept settings are stored with their secrets',
    file: 'src/journeys/exchange/kept-documents.ts',
    from: 'const { value, count } = withoutSecrets(parsed.data.value, secretNamesIn(parsed.data))',
    to: 'const { value, count } = { ...withoutSecrets(parsed.data.value), value: parsed.data.value }',
  },
  {
    rule: 'S61',
    otherwise: 'a secret mapping has any members',
    file: 'src/http/foreign/secret-mappings.ts',
    from: 'toDocument: (body, { id }) => parseAttributes(mappingSchema, { ...body, secretId: id }),',
    to: 'toDocument: (body, { id }) => ({ ...body, ...parseAttributes(mappingSchema, { ...body, secretId: id }) }),',
  },
  {
    rule: 'S49',
    otherwise: 'nodes in the body of a journey read nodes of the root realm',
    file: 'src/http/journeys/trees.ts',
    from: 'await inlineNodes({ ...from, types }, realm, body)',
    to: "await inlineNodes({ ...from, types }, '/', body)",
  },
  {
    rule: 'S58',
    otherwise: 'an answer without the key of the device counts',
    file: 'src/people/devices/push/push-jwt.ts',
    from: "const { payload } = await jwtVerify(jwt, bytesOf(secret), { algorithms: ['HS256'] })",
    to: `const { decodeJwt } = await import('jose')
    const payload = decodeJwt(jwt)`,
  },
  {
    rule: 'S38',
    otherwise: 'a stand-in without a declaration takes its first outcome',
    file: 'src/nodes/stand-ins/stand-in.ts',
    from: 'return fail(`${type} has no stand-in in this realm: declare one in the realm’s settings`)',
    to: "return goTo('outcome')",
  },
  {
    rule: 'S38',
    otherwise: 'a stand-in proves a factor',
    file: 'src/runtime/run-node.ts',
    from: `    visit.stoodIn(type.type)
    return action
`,
    to: `    visit.stoodIn(type.type)
    visit.prove('pop')
    return action
`,
  },
  {
    rule: 'R1',
    otherwise: 'a journey author restores node types together with a journey',
    file: 'src/http/journeys/restore-version.ts',
    from: 'mayWrite: kindsFor(await call.rights(), call.realm.path)',
    to: 'mayWrite: () => kindsFor !== undefined',
  },
  {
    rule: 'H22',
    otherwise: 'the wall has the ids of people',
    file: 'src/http/help-desk/leads/wall.ts',
    from: 'return { ...row, openedAt',
    to: 'return { ...row, ...{ subjectId }, openedAt',
  },
  {
    rule: 'H6',
    otherwise: 'one touch ends a check as "this is not me"',
    file: 'web/sign-in/pages/rejection.tsx',
    from: '    <Button kind="deny" onClick={() => setIsConfirming(true)}>',
    to: '    <Button kind="deny" onClick={() => onReject(rejectionTexts(check).reason)}>',
  },
  {
    rule: 'H21',
    otherwise: 'short codes can be read in the database',
    file: 'src/help-desk/short-codes/short-codes.ts',
    from: 'const [mac] = macsOf(keys(), code)',
    to: 'const mac = code',
  },
  {
    rule: 'H12',
    otherwise: 'an emailed code counts as a second factor',
    file: 'src/engine/level.ts',
    from: 'code: undefined,',
    to: "code: 'possession',",
  },
  {
    rule: 'R8',
    otherwise: 'a run that nobody watches gives its link away',
    file: 'src/http/authentication/continue-as-caller.ts',
    from: 'startedBy === undefined || startedBy !==',
    to: 'startedBy !== undefined && startedBy !==',
  },
  {
    rule: 'H23',
    otherwise: 'a journey reaches any level',
    file: 'src/journeys/provable-methods.ts',
    from: 'return [...new Set(types.flatMap(({ proves = {} }) => Object.values(proves)))]',
    to: "return [...new Set(types.flatMap(({ proves = {} }) => Object.values({ ...proves, any: 'pop' as const })))]",
  },
  {
    rule: 'H23',
    otherwise: 'a journey names another person than the one whose policies count',
    file: 'src/runtime/ports/opening-requirements.ts',
    from: 'return { ...purpose, vouchFor, vouchForId: person.id }',
    to: 'return { ...purpose, vouchFor: purpose.vouchFor ?? vouchFor }',
  },
  {
    rule: 'R13',
    otherwise: 'the outbox shows to which numbers messages go',
    file: 'src/outbox/message-outbox.ts',
    from: ': maskedNumber(message.to),',
    to: ': message.to,',
  },
  {
    rule: 'S38',
    otherwise: 'the web service sets the keys by which nodes check a proof',
    file: 'src/realms/stand-in-settings.ts',
    from: 'stateKey.refine((key) => !isOfProof(key)',
    to: 'stateKey.refine(() => true',
  },
  {
    rule: 'S38',
    otherwise: 'a declaration can send passwords',
    file: 'src/realms/stand-in-settings.ts',
    from: '(key) => !isSecretKey(key)',
    to: "(key) => !isSecretKey(key) || key !== ''",
  },
  {
    rule: 'S20',
    otherwise: 'an invisible character hides a privileged account and the value of a policy',
    file: 'src/attributes/fold.ts',
    from: ".replace(invisible, '')",
    to: ".replace(invisible, '$&')",
  },
  {
    rule: 'S59',
    otherwise: 'a RADIUS node sends what is hidden with any secret of the realm',
    file: 'src/nodes/basic-authentication/radius-decision.ts',
    from: 'named(`am.authentication.nodes.radius.${purpose}.secret`)',
    to: 'named(purpose)',
  },
  {
    rule: 'S60',
    otherwise: 'a token needs no end and no subject',
    file: 'src/people/providers/social/id-token.ts',
    from: "requiredClaims: ['iss', 'aud', 'sub', 'iat', 'exp']",
    to: "requiredClaims: ['iss', 'aud']",
  },
  {
    rule: 'S60',
    otherwise: 'a private key that a provider published by mistake counts',
    file: 'src/people/providers/social/id-token.ts',
    from: "keys.filter(({ kty, d }) => kty !== 'oct' && d === undefined)",
    to: 'keys.filter(({ kty }) => kty !== undefined)',
  },
]
