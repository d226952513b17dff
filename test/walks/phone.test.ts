import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { temporaryFolder } from '../../src/store/sqlite/temporary-folder.ts'
import { exploreProject } from '../../src/testing/explore/explore-project.ts'
import { openProject } from '../../src/testing/project/project.ts'
import { WorldHosts } from '../../src/testing/world/world-host.ts'
import { exportOf, tested } from '../support/walk-project.ts'

const hosts = new WorldHosts()
afterAll(() => hosts.close())

const push = exportOf('Push', {
  Name: { type: 'UsernameCollectorNode', to: { outcome: 'Send' } },
  Send: {
    type: 'PushAuthenticationSenderNode',
    config: { pushType: 'CHALLENGE', mandatory: true },
    to: { SENT: 'Wait', NOT_REGISTERED: 'Register' },
  },
  Register: {
    type: 'PushRegistrationNode',
    config: { generateRecoveryCodes: false },
    to: { successOutcome: 'Send', failureOutcome: 'failure', timeoutOutcome: 'failure' },
  },
  Wait: { type: 'PushWaitNode', to: { DONE: 'Verify', EXITED: 'failure' } },
  Verify: {
    type: 'PushResultVerifierNode',
    to: { TRUE: 'success', FALSE: 'failure', EXPIRED: 'failure', WAITING: 'Wait' },
  },
})

test('a person registers an app on a phone, and approves or denies a sign-in there', async () => {
  const walk = `
journey: Push
people: { alex: {} }
walks:
  - it: succeeds with the number
    steps:
      - { answer: { NameCallback: alex } }
      - { phone: approves, returns: true, asks: /Tap the number/ }
      - { returns: true, asks: /Tap the number/ }
      - { phone: approves, returns: true, ends: success }
    people: { alex: { pushDeviceProfiles: changed, push2faEnabled: "2" } }
  - it: fails after a denial
    steps:
      - { answer: { NameCallback: alex } }
      - { phone: approves, returns: true }
      - { phone: denies, returns: true, ends: failure }
    people: { alex: { pushDeviceProfiles: changed, push2faEnabled: "2" } }
  - it: answers a page without a push
    steps: [{ start: Push }, { phone: approves }]
`
  const { output } = await tested({ 'Push.json': push, 'push.walk.yaml': walk })
  expect(output).toContain('3 walks: 2 passed, 1 failed')
  expect(output).toContain('a page that waits for a phone')
})

test('the explorer reaches all outcomes of an answered push', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'Push.json'), push)
  const { report } = await exploreProject(openProject(folder), {
    hosts,
    journeys: ['Push'],
    budgetMs: 20_000,
    withStubs: false,
  })
  const reached = report.journeys[0]?.nodes.map(({ name, outcomes }) => [
    name,
    outcomes.filter(({ visits }) => visits > 0).map(({ id }) => id),
  ])
  expect(Object.fromEntries(reached ?? [])).toMatchObject({
    Register: ['successOutcome', 'failureOutcome'],
    Send: ['SENT', 'NOT_REGISTERED'],
    Wait: ['DONE', 'EXITED'],
    Verify: ['TRUE', 'FALSE', 'WAITING'],
  })
})
