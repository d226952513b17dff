import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { freePort, startMailServer } from '../support/mail-server.ts'
import { preparedFolder, saveJourney, scripted } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { answerStep, authenticate, filledIn, output, startJourney, stepOf } from '../support/wire.ts'

const ask = { type: 'UsernameCollectorNode' }

let mail: Awaited<ReturnType<typeof startMailServer>>
let server: TestServer
let url: string

beforeAll(async () => {
  mail = await startMailServer()
  server = await startPrepared(
    async (stores) => {
      await saveJourney(stores, 'Reset', {
        ask: { ...ask, to: { outcome: 'link' } },
        link: {
          type: 'EmailSuspendNode',
          config: { emailTemplateName: 'resetPassword', objectLookup: true, suspendDuration: 5 },
          to: { outcome: 'again' },
        },
        again: { type: 'MessageNode', to: { true: 'success', false: 'failure' } },
      })
      await saveJourney(stores, 'Code', {
        ask: { ...ask, to: { outcome: 'make' } },
        make: { type: 'OneTimePasswordGeneratorNode', config: { length: 6 }, to: { outcome: 'mail' } },
        mail: {
          type: 'OneTimePasswordSmtpSenderNode',
          config: {
            hostName: '127.0.0.1',
            hostPort: mail.port,
            sslOption: 'NON_SSL',
            username: 'desk',
            password: 'right',
            fromEmailAddress: 'codes@example.com',
            emailContent: { en: 'Code: {{OTP}}', fr: 'Le code : {{OTP}}' },
          },
          to: { outcome: 'check' },
        },
        check: {
          type: 'OneTimePasswordCollectorDecisionNode',
          config: { passwordExpiryTime: 1 },
          to: { true: 'success', false: 'retry' },
        },
        retry: { type: 'MessageNode', to: { true: 'check', false: 'failure' } },
      })
      await saveJourney(stores, 'Greet', {
        ask: { ...ask, to: { outcome: 'greet' } },
        greet: { type: 'EmailTemplateNode', to: { EMAIL_SENT: 'success', EMAIL_NOT_SENT: 'failure' } },
      })
      await saveJourney(stores, 'Told', {
        ask: { ...ask, to: { outcome: 'tell' } },
        tell: await scripted(
          stores,
          'tell by mail',
          `var to = idRepository.getIdentity(nodeState.get('username')).getAttributeValues('mail')[0]
           var params = { templateName: 'resetPassword', to: to, object: { resumeURI: 'https://example.com/?x=1' } }
           try {
             openidm.action('external/email', 'sendTemplate', params)
             outcome = 'sent'
           } catch (e) {
             logger.error('{}', e.message)
             outcome = 'failed'
           }`,
          { sent: 'success', failed: 'failure' },
        ),
      })
      await saveJourney(stores, 'Open', {
        open: {
          type: 'BackChannelInitNode',
          config: { tree: 'Greet', idType: 'NONE' },
          to: { created: 'tell', unknown: 'failure', error: 'failure' },
        },
        tell: await scripted(
          stores,
          'tell',
          'callbacksBuilder.textOutputCallback(0, nodeState.get("backchannel-transaction"))',
          { outcome: 'success' },
        ),
      })
    },
    { smtpUrl: mail.url, mailFrom: 'Desk <desk@example.com>' },
  )
  url = server.url
})

afterAll(async () => {
  await server.stop()
  await mail.stop()
})

/** The email that arrives while `work` runs. */
async function mailOf(work: () => Promise<unknown>) {
  const count = mail.mails.length
  await work()
  return mail.arrived(count + 1)
}

const startWith = async (journey: string, person: string, headers = {}) =>
  answerStep(url, await startJourney(url, journey, { headers }), [person], { headers })

const linkIn = (body: string) => /href="([^"]+)"/.exec(body)?.[1]?.replaceAll('&amp;', '&') ?? ''

describe('a script', () => {
  test('sends a template by email once its step is saved', async () => {
    let end: unknown
    const arrived = await mailOf(async () => {
      end = (await startWith('Told', 'alex')).body
    })
    expect(end).toMatchObject({ successUrl: '/enduser/?realm=/alpha' })
    expect(arrived).toMatchObject({ to: ['alex@example.com'], subject: 'Choose a new password' })
    expect(linkIn(arrived.body)).toBe('https://example.com/?x=1')
  })
})

describe('a link in an email', () => {
  const resume = (link: string) =>
    authenticate(url, { query: `?suspendedId=${new URL(link).searchParams.get('suspendedId')}` })

  test('continues the journey, once', async () => {
    const arrived = await mailOf(() => startWith('Reset', 'alex'))
    expect(arrived).toMatchObject({
      from: 'desk@example.com',
      subject: 'Choose a new password',
      isHtml: true,
    })
    const link = linkIn(arrived.body)
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/am\/XUI\/\?realm=%2Falpha&suspendedId=/)
    const resumed = await resume(link)
    expect(stepOf(resumed).callbacks[1]?.type).toBe('ConfirmationCallback')
    const end = await answerStep(url, resumed, [0])
    expect(end.body).toMatchObject({ successUrl: '/enduser/?realm=/alpha' })
    expect((await resume(link)).status).toBe(401)
    expect(server.logged()).not.toContain(new URL(link).searchParams.get('suspendedId'))
  })

  test('is not sent for an unknown name, with the same answer', async () => {
    const count = mail.mails.length
    const [known, unknown] = [await startWith('Reset', 'alex'), await startWith('Reset', 'nobody')]
    expect(stepOf(unknown).callbacks).toEqual(stepOf(known).callbacks)
    expect(Object.keys(unknown.body)).toEqual(Object.keys(known.body))
    await mail.arrived(count + 1)
    // Another journey, so that a second email would have arrived.
    await mailOf(() => startWith('Reset', 'kim'))
    expect(mail.mails).toHaveLength(count + 2)
  })

  test('is sent once although the step is sent twice, at once or later', async () => {
    const count = mail.mails.length
    const body = filledIn(stepOf(await startJourney(url, 'Reset')), 'alex')
    const answers = await Promise.all([authenticate(url, { body }), authenticate(url, { body })])
    const later = await authenticate(url, { body })
    expect(answers.map((each) => each.body)).toEqual([later.body, later.body])
    await mail.arrived(count + 1)
    await mailOf(() => startWith('Reset', 'kim'))
    expect(mail.mails).toHaveLength(count + 2)
  })
})

describe('a one-time password by email', () => {
  const codeIn = (body: string) => /\d{6}/.exec(body)?.[0] ?? ''

  async function asked(headers = {}, pageLocale = '') {
    let answer = await startJourney(url, 'Code', { headers })
    const arrived = await mailOf(async () => {
      answer = await answerStep(url, answer, ['alex'], { headers, query: `?pageLocale=${pageLocale}` })
    })
    return { answer, arrived, code: codeIn(arrived.body) }
  }

  test('is accepted, and is sent through the node’s mail server', async () => {
    const { answer, arrived, code } = await asked()
    expect(arrived).toMatchObject({ from: 'codes@example.com', user: 'desk', subject: 'One Time Password' })
    expect(output(answer, 'prompt')).toBe('One Time Password')
    expect((await answerStep(url, answer, [code])).status).toBe(200)
    expect(server.logged()).not.toContain(code)
  })

  test('can be entered again after a wrong one', async () => {
    const { answer, code } = await asked()
    const wrong = code === '000000' ? '111111' : '000000'
    const refused = await answerStep(url, answer, [wrong])
    expect(stepOf(refused).callbacks[1]?.type).toBe('ConfirmationCallback')
    const again = await answerStep(url, refused, [0])
    expect((await answerStep(url, again, [code])).status).toBe(200)
  })

  test('comes in the language of the browser', async () => {
    const french = { 'accept-language': 'fr-CA, en;q=0.5' }
    expect((await asked(french)).arrived.body).toMatch(/^Le code : \d{6}$/)
    // The agent of a desk reads the pages, another person the email.
    expect((await asked(french, 'en')).arrived.body).toMatch(/^Le code : \d{6}$/)
  })

  test('expires', async () => {
    const { answer, code } = await asked()
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 })
    try {
      const late = await answerStep(url, answer, [code])
      expect(stepOf(late).callbacks[1]?.type).toBe('ConfirmationCallback')
    } finally {
      vi.useRealTimers()
    }
  })
})

test('a template comes in the language of the browser, and the journey doesn’t wait for it', async () => {
  const headers = { 'accept-language': 'fr' }
  const arrived = await mailOf(async () => {
    expect((await startWith('Greet', 'alex', headers)).status).toBe(200)
  })
  expect(arrived.subject).toBe('Votre compte est prêt')
  expect(arrived.body).toContain('Bienvenue, Alex')
})

test('of two callers who complete a transaction, the second sends no email', async () => {
  const count = mail.mails.length
  const transaction = encodeURIComponent(String(output(await startJourney(url, 'Open'), 'message')))
  const query = `?authIndexType=transaction&authIndexValue=${transaction}`
  const started = [
    await authenticate(url, { query }),
    await authenticate(url, { query }),
    await authenticate(url, { query }),
  ] as const
  const late = started[2]
  const ends = await Promise.all(started.slice(0, 2).map((step) => answerStep(url, step, ['alex'])))
  expect(ends.map(({ status }) => status).sort()).toEqual([200, 401])
  expect((await answerStep(url, late, ['alex'])).status).toBe(401)
  await mail.arrived(count + 1)
  await mailOf(() => startWith('Greet', 'alex'))
  expect(mail.mails).toHaveLength(count + 2)
})

test('an email waits for a mail server that is down, even over a restart', async () => {
  const port = await freePort()
  const dataFolder = await preparedFolder((stores) =>
    saveJourney(stores, 'Greet', {
      ask: { ...ask, to: { outcome: 'greet' } },
      greet: { type: 'EmailTemplateNode', to: { EMAIL_SENT: 'success', EMAIL_NOT_SENT: 'failure' } },
    }),
  )
  const settings = { dataFolder, smtpUrl: `smtp://127.0.0.1:${port}` }
  const before = await startServer(settings)
  const end = await answerStep(before.url, await startJourney(before.url, 'Greet'), ['alex'])
  expect(end.status).toBe(200)
  await vi.waitFor(() => expect(before.logged()).toContain('will retry'))
  await before.stop()
  const late = await startMailServer({ port })
  const after = await startServer(settings)
  expect((await late.arrived(1)).subject).toBe('Your account is ready')
  await after.stop()
  await late.stop()
  expect(late.mails).toHaveLength(1)
  rmSync(dataFolder, { recursive: true })
})
