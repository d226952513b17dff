import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { budgets } from '../../quality/budgets.ts'
import { requestMemory } from '../../src/base/request-memory.ts'
import { signInAsAdministrator, turnOffPause } from '../support/backchannel-client.ts'
import { databaseOf } from '../support/database-of.ts'
import {
  agentSignsIn,
  caller,
  callerOpens,
  deskOpens,
  letAnyoneStartChecks,
} from '../support/help-desk-play.ts'
import { saveJourney } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { RelyingParty } from '../support/relying-party.ts'
import { fillTable, rowsRead } from '../support/rows-read.ts'
import type { TestServer } from '../support/start-server.ts'
import { answerStep, startJourney, type WireAnswer } from '../support/wire.ts'

/** How often a flow runs. Its usual run counts, as a run on a busy machine reads again what a second ago was new. */
const runs = 9

/** Every statement of a request, with the values of its last run. */
const seen = new Map<string, unknown[]>()

type Counted = { statements: string[]; transactions: number; ofChain: string[] }

const nothing = (): Counted => ({ statements: [], transactions: 0, ofChain: [] })

let server: TestServer
let url: string
let administrator: string
let counted = nothing()

/** What a server reads once a second, for however many requests. */
const eachSecond = /from "(realms|esvs|esv_versions|oauth_clients)"/

/** Timers of the chain may run in the context of a request. */
function isOfChain(text: string): boolean {
  return /"audit_(chain|rows|index)"/.test(text) || /(from|delete from) "audit_waiting"/.test(text)
}

/** Statements of requests. A round of the audit chain follows them, for all entries that wait. */
function countStatements(): void {
  const { query } = Client.prototype
  vi.spyOn(Client.prototype, 'query').mockImplementation(function (this: Client, ...request: unknown[]) {
    const [first, ofText] = request as [string | { text: string; values?: unknown[] }, unknown[]?]
    const { text, values = ofText } = typeof first === 'string' ? { text: first } : first
    if (isOfChain(text)) counted.ofChain.push(text)
    else if (requestMemory() === undefined) return Reflect.apply(query, this, request)
    else if (text === 'begin') counted.transactions++
    else if (text !== 'commit') {
      if (!eachSecond.test(text)) counted.statements.push(text)
      seen.set(text, values ?? [])
    }
    return Reflect.apply(query, this, request)
  } as typeof query)
}

async function waitingAudit(): Promise<unknown> {
  const headers = { iplanetdirectorypro: administrator }
  const answer = await fetch(`${url}/json/global-config/audit`, { headers })
  return (await answer.json()).waiting
}

/** The statements of the usual run of a flow, apart from `begin` and `commit`, and its transactions. */
async function usualRun(flow: () => Promise<unknown>): Promise<{ statements: number; transactions: number }> {
  await flow()
  await expect.poll(waitingAudit).toBe(0)
  const each: Counted[] = []
  for (let run = 0; run < runs; run++) {
    counted = nothing()
    await flow()
    each.push(counted)
  }
  const median = (counts: number[]) => counts.sort((a, b) => a - b)[(runs - 1) / 2] ?? Number.NaN
  return {
    statements: median(each.map(({ statements }) => statements.length)),
    transactions: median(each.map(({ transactions }) => transactions)),
  }
}

beforeAll(async () => {
  server = await startPrepared((stores) =>
    saveJourney(stores, 'Pages', {
      one: { type: 'MessageNode', to: { true: 'two', false: 'two' } },
      two: { type: 'MessageNode', to: { true: 'one', false: 'one' } },
    }),
  )
  url = server.url
  administrator = await signInAsAdministrator(url)
  countStatements()
})
afterAll(async () => {
  vi.restoreAllMocks()
  await server.stop()
})

const withinBudget = (name: keyof typeof budgets.statements, { statements }: { statements: number }) =>
  expect(statements, `statements of ${name}: see quality/budgets.ts`).toBeLessThanOrEqual(
    budgets.statements[name],
  )

describe('a journey keeps its budget of statements', () => {
  test('at the start of a login, and at its answer', async () => {
    let page: WireAnswer
    const pages: WireAnswer[] = []
    const start = async () => {
      page = await startJourney(url, 'Login')
      pages.push(page)
    }
    withinBudget('loginStart', await usualRun(start))
    withinBudget(
      'loginAnswer',
      await usualRun(async () => {
        const { body } = await answerStep(url, pages.pop() ?? page, ['alex', 'Alex-Pass-2026'])
        expect(body).toHaveProperty('tokenId')
      }),
    )
  })

  test('at a page without effects', async () => {
    let page = await startJourney(url, 'Pages')
    withinBudget(
      'plainStep',
      await usualRun(async () => {
        page = await answerStep(url, page, [0])
      }),
    )
  })

  test('when a check opens, and when the agent asks for news', async () => {
    await letAnyoneStartChecks(url, { onlyAgentsStartChecks: false })
    await turnOffPause(url)
    const headers = { iplanetdirectorypro: await agentSignsIn(url) }
    const query = '&ForceAuth=true&action=Unlock%20the%20account&reason=New%20phone&ticket=INC-1'
    let page: WireAnswer
    withinBudget(
      'checkOpening',
      await usualRun(async () => {
        page = await answerStep(url, await startJourney(url, 'HelpDesk', { query, headers }), [caller.mail], {
          headers,
        })
      }),
    )
    withinBudget(
      'idlePoll',
      await usualRun(async () => {
        page = await answerStep(url, page, [], { headers })
      }),
    )
  })
})

test('a request that has waited reads again what other servers may have changed', async () => {
  const session = await agentSignsIn(url)
  const { page, id } = await deskOpens(url, session)
  counted = nothing()
  const reads = () => counted.statements.filter((text) => text.startsWith('select * from "sessions"')).length
  const headers = { iplanetdirectorypro: session, prefer: 'wait=20' }
  const poll = answerStep(url, page, [], { headers })
  await expect.poll(reads).toBe(1)
  await callerOpens(url, id)
  await poll
  expect(reads()).toBe(2)
})

test('a round of the audit chain keeps its budget of statements for any number of entries', async () => {
  const wait = () => expect.poll(waitingAudit).toBe(0)
  await wait()
  counted = nothing()
  await Promise.all(Array.from({ length: 8 }, () => startJourney(url, 'Login')))
  await wait()
  const isHead = (text: string) => text.startsWith('update "audit_chain" set "head_sequence"')
  const rounds = counted.ofChain.filter(isHead).length
  expect(rounds).toBeGreaterThan(0)
  // Each look of this test at the rows that wait takes two statements.
  const looks = counted.ofChain.filter((text) => text.startsWith('select count(*)')).length
  expect((counted.ofChain.length - 2 * looks) / rounds).toBeLessThanOrEqual(budgets.statementsOfChainRound)
})

describe('an application keeps its budget of statements', () => {
  let party: RelyingParty
  beforeAll(async () => {
    party = new RelyingParty(url, 'web', 'secret-1')
    await party.register()
  })

  /** The sign-in of a person in a browser, and the tokens of the application. */
  async function login() {
    await fetch(party.request().url, { redirect: 'manual' })
    const page = await startJourney(url, 'Login')
    const { body } = await answerStep(url, page, ['alex', 'Alex-Pass-2026'])
    return party.tokens(String(body.tokenId))
  }

  test('at a login with a code and PKCE', async () => {
    const usual = await usualRun(login)
    withinBudget('codeLogin', usual)
    expect(usual.transactions, 'see quality/budgets.ts').toBeLessThanOrEqual(budgets.transactionsOfCodeLogin)
  })

  test('at a refresh, an introspection and a userinfo request', async () => {
    let tokens = await login()
    const refresh = async () => {
      const { status, body } = await party.refresh(tokens.refresh_token)
      expect(status).toBe(200)
      tokens = { ...tokens, ...body }
    }
    withinBudget('refresh', await usualRun(refresh))
    const introspect = async () => {
      const { body } = await party.post('introspect', { token: tokens.access_token })
      expect(body.active).toBe(true)
    }
    withinBudget('introspection', await usualRun(introspect))
    const userinfo = async () => expect((await party.userinfo(tokens.access_token)).status).toBe(200)
    withinBudget('userinfo', await usualRun(userinfo))
  })
})

/** Tables that grow with people and their sign-ins. Configuration is read whole after a change, whichever request comes next. */
const growing = ['identities', 'sessions', 'oauth_records', 'journey_sessions', 'transactions']

describe('with thousands of people, sessions and tokens', () => {
  let client: Client
  beforeAll(async () => {
    client = new Client({ connectionString: await databaseOf(server.folder) })
    await client.connect()
    for (const table of growing) await fillTable(client, table, 3000)
  })
  afterAll(() => client.end())

  test('no statement of a request reads more than a few rows', async () => {
    const statements = [...seen].filter(([text]) => /^(select|update|delete)/.test(text))
    expect(statements.length).toBeGreaterThan(30)
    const many: string[] = []
    for (const [text, values] of statements) {
      const count = await rowsRead(client, text, values, growing)
      if (count > 30) many.push(`${count} rows: ${text}`)
    }
    expect(many).toEqual([])
  })
})
