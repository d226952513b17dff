import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { completedWalk } from '../../src/testing/record/completed-walk.ts'
import { recordedText } from '../../src/walks/recorded-file.ts'
import { hearingProject } from '../support/heard-walks.ts'
import { exportOf, projectFolder } from '../support/walk-project.ts'

const mails = {
  hostName: 'smtp.example.com',
  hostPort: 465,
  fromEmailAddress: 'desk@example.com',
  emailAttribute: 'mail',
  emailSubject: { en: 'Your code' },
  emailContent: { en: 'Code: {{OTP}}' },
  sslOption: 'SSL',
}

const codeByMail = exportOf('CodeByMail', {
  Ask: { type: 'UsernameCollectorNode', to: { outcome: 'Find' } },
  Find: {
    type: 'IdentifyExistingUserNode',
    config: { identifier: 'userName', identityAttribute: 'userName' },
    to: { true: 'Make', false: 'failure' },
  },
  Make: { type: 'OneTimePasswordGeneratorNode', config: { length: 8 }, to: { outcome: 'Send' } },
  Send: { type: 'OneTimePasswordSmtpSenderNode', config: mails, to: { outcome: 'Enter' } },
  Enter: {
    type: 'OneTimePasswordCollectorDecisionNode',
    config: { passwordExpiryTime: 5 },
    to: { true: 'success', false: 'failure' },
  },
})

const walks = `
journey: CodeByMail
people: { alex: { mail: alex@example.com } }
realm: { journeyMinutes: 10 }
begin: &begin
  - answer: { NameCallback: alex }
  - mail: { to: alex@example.com, keep: { code: '/Code: (\\d{8})/' } }
walks:
  - { it: accepts the code, steps: [*begin, { answer: { PasswordCallback: "\${code}" } }] }
  - { it: refuses it late, steps: [*begin, { wait: 6m }, { answer: { PasswordCallback: "\${code}" } }] }
  - { it: refuses another, steps: [*begin, { answer: { PasswordCallback: "12345678" } }] }
`

const linkByMail = exportOf('LinkByMail', {
  Ask: { type: 'UsernameCollectorNode', to: { outcome: 'Suspend' } },
  Suspend: {
    type: 'EmailSuspendNode',
    config: {
      emailTemplateName: 'resetPassword',
      objectLookup: true,
      suspendDuration: 5,
      identityAttribute: 'userName',
    },
    to: { outcome: 'Sure' },
  },
  Sure: { type: 'MessageNode', to: { true: 'success', false: 'failure' } },
})

const opened: { close(): Promise<void> }[] = []
afterAll(async () => {
  for (const each of opened) await each.close()
})

test('writes a code as the one of the email before, also when it came late, and a wrong one as zeros', async () => {
  const folder = projectFolder({ 'CodeByMail.json': codeByMail, 'a.walk.yaml': walks })
  writeFileSync(join(folder, 'sidegate.yaml'), 'settings: { journeyMinutes: 10 }\n')
  const project = hearingProject(folder)
  opened.push(project)
  const texts: string[] = []
  for (const it of ['accepts the code', 'refuses it late', 'refuses another']) {
    const { heard, result } = await project.hear(join(folder, 'a.walk.yaml'), it)
    const options = { project: project.project, tester: project.tester, known: heard.all }
    const walk = await completedWalk(heard.all, { ...options, file: 'new.walk.yaml', journey: 'CodeByMail' })
    expect({ it, passes: walk.passes, reason: walk.reason }).toEqual({ it, passes: true, reason: undefined })
    const text = recordedText('CodeByMail', [walk])
    expect(result.secrets.filter((each) => each.length >= 6 && text.includes(each))).toEqual([])
    texts.push(text)
  }
  const [accepted, late, wrong] = texts
  for (const text of [accepted, late]) {
    expect(text).toContain('- { mail: { keep: { code:')
    expect(text).toContain(`{ PasswordCallback: "\${code}" }`)
  }
  expect(late).toContain('- { wait: 6m }')
  expect(wrong).toContain('{ PasswordCallback: "00000000" }')
})

test('writes a link as the one of the email before, and not the link itself', async () => {
  const linked = `
journey: LinkByMail
people: { alex: { mail: alex@example.com } }
walks:
  - it: continues with the link
    steps:
      - answer: { NameCallback: alex }
      - mail: { keep: { link: '/(https?:[^\\s"]+suspendedId=[^\\s"<]+)/' } }
      - opens: "\${link}"
      - answer: { ConfirmationCallback: 0 }
`
  const folder = projectFolder({ 'LinkByMail.json': linkByMail, 'a.walk.yaml': linked })
  cpSync('samples/alpha/email-templates', join(folder, 'email-templates'), { recursive: true })
  const project = hearingProject(folder)
  opened.push(project)
  const { heard, result } = await project.hear(join(folder, 'a.walk.yaml'), 'continues with the link')
  expect(result.mismatches).toEqual([])
  expect(heard.all).toHaveLength(1)
  const options = { project: project.project, tester: project.tester, known: heard.all }
  const walk = await completedWalk(heard.all, { ...options, file: 'new.walk.yaml', journey: 'LinkByMail' })
  const text = recordedText('LinkByMail', [walk])
  expect(walk.reason).toBeUndefined()
  expect(text).toContain(`opens: "\${link}"`)
  expect(result.secrets.filter((each) => each.length >= 6 && text.includes(each))).toEqual([])
})
