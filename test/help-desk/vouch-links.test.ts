import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { signInAsAdministrator } from '../support/backchannel-client.ts'
import { agentSignsIn, linkOf } from '../support/help-desk-play.ts'
import { startMailServer } from '../support/mail-server.ts'
import { startGateways } from '../support/message-gateways.ts'
import { type Ask, asking } from '../support/rest.ts'
import { secondAgentApproves } from '../support/second-agent.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { answerStep, startJourney } from '../support/wire.ts'

// What a manager reads in the email, text message or call with the link of a vouch.

const alpha = '/realms/root/realms/alpha'
const mira = '5d2b7c1e-6a0f-4f0c-9d43-8e1f0c6b2a71'
const templates = '/openidm/config/emailTemplate'

let mail: Awaited<ReturnType<typeof startMailServer>>
let gateways: Awaited<ReturnType<typeof startGateways>>
let server: TestServer
let agent: string
let ask: Ask
let administrator: string

beforeAll(async () => {
  mail = await startMailServer()
  gateways = await startGateways()
  server = await startServer({ smtpUrl: mail.url, httpAllow: [gateways.host] })
  administrator = await signInAsAdministrator(server.url)
  agent = await agentSignsIn(server.url)
  ask = asking(server.url, agent)
  const { sms, voice } = gateways.settings
  const body = {
    messaging: { maxMessagesPerRealm: 0, sms: sms.twilio, voice: voice.twilio },
    helpDesk: { maxLinkMessagesPerPerson: 0, maxLinkMailsPerPerson: 0 },
  }
  await expectGood(ask(`${alpha}/realm-config/settings`, { method: 'PUT', body, as: administrator }))
})
afterAll(async () => {
  await server.stop()
  await gateways.stop()
  await mail.stop()
})
beforeEach(() => miraReads('en'))

const expectGood = async (answer: ReturnType<Ask>) => expect([200, 201]).toContain((await answer).status)

const miraReads = (value: string) =>
  expectGood(
    ask(`/openidm/managed/alpha_user/${mira}`, {
      method: 'PATCH',
      body: [{ operation: 'replace', field: '/preferredLanguage', value }],
      as: administrator,
    }),
  )

/** The agent asks Alex's manager to vouch, and sends the link. */
async function sendVouch(channel: 'email' | 'sms' | 'voice') {
  const headers = { iplanetdirectorypro: agent }
  const what = new URLSearchParams({ action: 'Reset the password', ticket: 'INC-48213' })
  const start = await startJourney(server.url, 'FallbackLadder', {
    query: `&ForceAuth=true&${what}`,
    headers,
  })
  const question = await answerStep(server.url, start, ['alex@example.com'], { headers })
  const asked = await answerStep(server.url, question, [5], { headers })
  const waiting = await secondAgentApproves(server.url, asked, headers)
  const { reference } = await linkOf(server.url, waiting)
  await expectGood(
    ask(`${alpha}/authenticate/backchannel/send`, { method: 'POST', body: { reference, channel } }),
  )
}

async function mailOf() {
  const before = mail.mails.length
  await sendVouch('email')
  return mail.arrived(before + 1)
}

async function messageOf(channel: 'sms' | 'voice') {
  const before = gateways.received.length
  await sendVouch(channel)
  return gateways.arrived(before + 1)
}

describe('the email to a manager', () => {
  test.each([
    ['en', 'They’re asking for: <bdi>Reset the password</bdi>', 'Can you vouch for Alex Caller?'],
    ['de', 'Anliegen der Person: <bdi>Passwort zurücksetzen</bdi>', 'Können Sie für Alex Caller bürgen?'],
    [
      'fr',
      'Sa demande : <bdi>Réinitialiser le mot de passe</bdi>',
      'Pouvez-vous vous porter garant de Alex Caller ?',
    ],
    ['es', 'Lo que solicita: <bdi>Restablecer la contraseña</bdi>', '¿Puede responder por Alex Caller?'],
    ['ar', 'طلبه: <bdi>إعادة تعيين كلمة المرور</bdi>', 'هل تضمن Alex Caller؟'],
  ])('says in %s what the caller asks for, without the vouch', async (language, request, subject) => {
    await miraReads(language)
    const sent = await mailOf()
    expect(sent).toMatchObject({ to: ['mira@example.com'], subject })
    expect(sent.body).toContain(`${request}</p>`)
    expect(sent.body).toContain(', INC-48213</bdi>')
    expect(sent.body).toContain('Alex Caller')
  })

  test('keeps names apart from Arabic text around them', async () => {
    await miraReads('ar')
    const { body } = await mailOf()
    const around = body.replaceAll(/<bdi>[^<]*<\/bdi>/g, '')
    for (const name of ['Alex Caller', 'Dana Desk', 'Larkfield Health']) {
      expect(body).toContain(`<bdi>${name}</bdi>`)
      expect(around).not.toContain(name)
    }
  })
})

test('a text message and a call ask the manager about the caller', async () => {
  const text = await messageOf('sms')
  expect(text).toMatchObject({ to: '+12025550105' })
  expect(text.text).toMatch(
    /^Larkfield Health: Dana Desk asks you to vouch for Alex Caller\. .*\/c#\w{4}-\w{4}$/,
  )
  const call = await messageOf('voice')
  expect(call.text).toMatch(/^This is Larkfield Health\. We ask you to vouch for Alex Caller\./)
})

describe('without a template for vouches', () => {
  const names = { email: 'helpDeskVouch', sms: 'helpDeskVouchMessage', voice: 'helpDeskVouchCall' }
  const turn = async (name: string, enabled: boolean) => {
    const { body } = await ask(`${templates}/${name}?realm=/alpha`, { as: administrator })
    const changed = { ...body, enabled }
    await expectGood(
      ask(`${templates}/${name}?realm=/alpha`, { method: 'PUT', body: changed, as: administrator }),
    )
  }

  test('a manager gets what callers get, which says that it is about a vouch', async () => {
    for (const name of Object.values(names)) await turn(name, false)
    try {
      const sent = await mailOf()
      expect(sent.subject).toBe('Confirm that it is you')
      expect(sent.body).toContain('Vouch for Alex Caller: Reset the password')
      expect((await messageOf('sms')).text).toContain('Dana Desk asks you to confirm')
      expect((await messageOf('voice')).text).toContain('Only go on if you are talking to our help desk')
    } finally {
      for (const name of Object.values(names)) await turn(name, true)
    }
  })
})
