/**
 * One rule of SECURITY.md, switched off: a change of the sources after which it does not hold any more, and the tests that
 * have to notice.
 */
export type RuleSwitch = {
  rule: `H${number}`
  /** What an attacker gets while it is off. */
  off: string
  file: string
  /** Stands in the file exactly once. */
  from: string
  to: string
  tests: readonly string[]
}

export const switches: readonly RuleSwitch[] = [
  {
    rule: 'H1',
    off: 'a link works after its time and after it was cancelled',
    file: 'src/backchannel/transactions.ts',
    from: 'return isGone(transaction, this.#now()) ? undefined : transaction',
    to: 'return transaction',
    tests: ['test/callers-page.test.ts'],
  },
  {
    rule: 'H2',
    off: 'a check never ends by time',
    file: 'src/backchannel/transaction.ts',
    from: 'return transaction.isCancelled || transaction.expiresAt <= now',
    to: 'return transaction.isCancelled || now < 0',
    tests: ['src/backchannel/standing.test.ts', 'test/live-feed.test.ts'],
  },
  {
    rule: 'H3',
    off: 'an agent verifies themself',
    file: 'src/verification/opening-rules.ts',
    from: 'if (agent.id === subject.id) return',
    to: 'if (agent.id === subject.id && agent.id.length === 0) return',
    tests: ['test/verified-callers.test.ts'],
  },
  {
    rule: 'H4',
    off: 'any code is right',
    file: 'src/verification/verifications.ts',
    from: 'const isRight = isEqual(readCode(typed), this.codesOf(held).code)',
    to: 'const isRight = isEqual(readCode(typed), readCode(typed))',
    tests: ['test/verified-callers.test.ts'],
  },
  {
    rule: 'H5',
    off: 'the page of the caller shows no code that the agent must know',
    file: 'src/http/backchannel-caller.ts',
    from: 'from.verifications.codesOf(verification).reverseCode',
    to: 'null',
    tests: ['test/verified-callers.test.ts'],
  },
  {
    rule: 'H6',
    off: 'a person who said that it was not them is asked again at once',
    file: 'src/verification/opening-rules.ts',
    from: 'return until > now ? until : undefined',
    to: 'return until > now + 1e15 ? until : undefined',
    tests: ['test/verified-callers.test.ts'],
  },
  {
    rule: 'H6',
    off: 'a result is good although the caller said afterwards that it was not them',
    file: 'src/store/verifications.ts',
    from: "        .where('rejectedAt', 'is', null)\n",
    to: '',
    tests: ['src/store/sqlite/contracts.test.ts'],
  },
  {
    rule: 'H7',
    off: 'an agent reads whole telephone numbers',
    file: 'src/http/agents-view.ts',
    from: '/phone|mobile/i.test(name) ? maskedNumber(String(value)) : value',
    to: '/phone|mobile/i.test(name) ? String(value) : value ?? maskedNumber(name)',
    tests: ['test/desk-wire.test.ts'],
  },
  {
    rule: 'H7',
    off: "an agent reads all that a caller's journey tells",
    file: 'src/http/shown-notification.ts',
    from: 'listed.has(key) && isPlain(value)',
    to: 'listed.size >= 0 && isPlain(value)',
    tests: ['test/desk-wire.test.ts', 'src/http/shown-notification.test.ts'],
  },
  {
    rule: 'H8',
    off: 'whoever signs in is taken for the person whom the check is about',
    file: 'src/journeys/finish-journey.ts',
    from: 'const isOther = transaction?.subject !== undefined && transaction.subject.id !== person?._id',
    to: 'const isOther = transaction?.subject !== undefined && person === undefined',
    tests: ['test/verified-callers.test.ts', 'test/help-desk.test.ts'],
  },
  {
    rule: 'H9',
    off: 'an unknown name is refused without the work that a known one costs',
    file: 'src/identities/password-check.ts',
    from: 'await this.#passwords.verify(identity?.passwordHash, password)',
    to: 'identity && await this.#passwords.verify(identity.passwordHash, password)',
    tests: ['src/identities/password-check.test.ts'],
  },
  {
    rule: 'H10',
    off: 'a code may be guessed for as long as it takes',
    file: 'src/verification/codes.ts',
    from: 'export const codeTries = 3',
    to: 'export const codeTries = 1_000_000',
    tests: ['test/verified-callers.test.ts'],
  },
  {
    rule: 'H11',
    off: 'a link goes to an address that was changed during the call',
    file: 'src/journeys/link-mail.ts',
    from: 'if (!isSettled(changedAt, settings.helpDesk.mailQuietHours, now())) return',
    to: 'if (!isSettled(undefined, settings.helpDesk.mailQuietHours, changedAt ?? now())) return',
    tests: ['test/mailed-links.test.ts'],
  },
  {
    rule: 'H12',
    off: 'a code by mail counts as something that the caller has',
    file: 'src/journey/level.ts',
    from: 'code: undefined,',
    to: "code: 'possession',",
    tests: ['src/journey/level.test.ts'],
  },
  {
    rule: 'H13',
    off: 'a result is used twice',
    file: 'src/store/verifications.ts',
    from: "    .where('usedAt', 'is', null)\n",
    to: '',
    tests: ['src/store/sqlite/contracts.test.ts', 'test/verified-callers.test.ts'],
  },
  {
    rule: 'H14',
    off: 'another site frames the page of the caller',
    file: 'src/http/web-pages.ts',
    from: '"frame-ancestors \'none\'",',
    to: '',
    tests: ['test/web/pages.test.ts'],
  },
  {
    rule: 'H15',
    off: 'a transaction that has a result gets another',
    file: 'src/store/transaction-statements.ts',
    from: "    }))\n    .where('idHash', '=', $.idHash)\n    .where('state', '!=', 'COMPLETED')\n    .where('isCancelled', '=', 0)\n    .where('expiresAt', '>', $.now),\n)\n\n/** Cancelled,",
    to: "    }))\n    .where('idHash', '=', $.idHash)\n    .where('isCancelled', '=', 0)\n    .where('expiresAt', '>', $.now),\n)\n\n/** Cancelled,",
    tests: ['src/store/sqlite/contracts.test.ts'],
  },
  {
    rule: 'H16',
    off: 'whoever is signed in reads the feed of every check',
    file: 'src/http/transaction-access.ts',
    from: 'return home === realm && openedBy.agent?.id === identityId',
    to: 'return home === realm && (openedBy.agent?.id ?? identityId) !== undefined',
    tests: ['test/live-feed.test.ts', 'test/desk-wire.test.ts'],
  },
  {
    rule: 'H17',
    off: 'the other side of a call turns texts around on the screen of the agent',
    file: 'src/backchannel/plain-text.ts',
    from: "    .replace(/[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}]/gu, '')\n",
    to: '',
    tests: ['src/backchannel/purpose.test.ts'],
  },
  {
    rule: 'H18',
    off: 'an entry of the audit book is altered and nobody sees it',
    file: 'src/audit/chain.ts',
    from: 'if (row.hash !== hashOf(before, row.sequence, row.content)) {',
    to: "if (row.hash === '') {",
    tests: ['test/audit-book.test.ts'],
  },
  {
    rule: 'H18',
    off: 'the link goes out by mail and the audit book does not say so',
    file: 'src/http/backchannel-send.ts',
    from: "  await recordOf(from, call, 'SIDEGATE-TRANSACTION-LINK-SENT', transaction)\n",
    to: '',
    tests: ['test/mailed-links.test.ts'],
  },
  {
    rule: 'H19',
    off: 'a journey goes on to its success when a node of it did not work',
    file: 'src/journey/advance.ts',
    from: "return { session: ended(session), transient: {}, next: { kind: 'failure', reason, ...cause } }",
    to: "return { session: ended(session), transient: {}, next: cause.isError ? { kind: 'success' } : { kind: 'failure', reason } }",
    tests: ['src/journey/advance.test.ts', 'test/hostile-scripts.test.ts'],
  },
  {
    rule: 'H20',
    off: 'a privileged account is verified by one agent',
    file: 'samples/alpha/scripts/privileged-account.js',
    from: 'action.goTo(isNamed || person._access.roles.length > 0 ? "privileged" : "ordinary")',
    to: 'action.goTo("ordinary")',
    tests: ['test/fallback-ladder.test.ts'],
  },
  {
    rule: 'H20',
    off: 'an agent is their own second agent',
    file: 'samples/alpha/scripts/second-agent.js',
    from: ' || first._id === second._id',
    to: '',
    tests: ['test/two-agents.test.ts'],
  },
]
