import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lintCommand } from '../../src/cli/lint.ts'
import { UsageError } from '../../src/cli/usage-error.ts'
import { signInAsAdministrator } from '../support/backchannel-client.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'

let folder: string
let server: TestServer
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sidegate-lint-'))
  server = await startServer({ dataFolder: folder })
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function run(...args: string[]) {
  const printed: string[] = []
  const print = (text: string) => void printed.push(text)
  const environment = { SIDEGATE_URL: server.url, SIDEGATE_ADMIN_PASSWORD: adminPassword }
  const isGood = await lintCommand(args, { print, warn: print, environment })
  return { isGood, text: printed.join('\n') }
}

describe('the samples', () => {
  test('have no findings, but that the vendor’s example is a check without a code', async () => {
    const { isGood, text } = await run()
    expect(isGood).toBe(true)
    expect(text).toMatch(/^HelpDesk:\n {2}warning check-without-code: .*\n\n1 warning\.$/)
  })

  test('of the root realm have none', async () => {
    expect(await run('--realm', 'root')).toEqual({ isGood: true, text: 'No findings.' })
  })

  test('can be checked one by one', async () => {
    expect((await run('Login', 'TwoAgents')).text).toBe('No findings.')
  })
})

test('an unknown journey is named', async () => {
  await expect(run('Nowhere at all')).rejects.toThrow('There is no journey Nowhere at all')
  await expect(run('--loud')).rejects.toThrow(UsageError)
})

describe('a journey with a fault', () => {
  const at = '/json/realms/root/realms/alpha'
  const trees = `${at}/realm-config/authentication/authenticationtrees`
  const notify = '9d4a0c1e-0001-4000-8000-000000000001'
  const script = '9d4a0c1e-0002-4000-8000-000000000002'

  async function send(method: string, path: string, body?: object) {
    const answer = await fetch(`${server.url}${path}`, {
      method,
      headers: {
        iPlanetDirectoryPro: await signInAsAdministrator(server.url),
        'accept-api-version': 'resource=1.0',
        'content-type': 'application/json',
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }
  const node = (nodeType: string, displayName: string, connections: object) => ({
    nodeType,
    displayName,
    connections,
    x: 0,
    y: 0,
  })
  const success = '70e691a5-1e33-4ac3-a356-e7b6d60d92e0'

  test('is a desk without a check that is enough for its actions', async () => {
    const settings = `${at}/realm-config/settings`
    const { body } = await send('GET', settings)
    const helpDesk = body.helpDesk as { checks: { journey: string }[] }
    const checks = helpDesk.checks.filter(({ journey }) => journey === 'HelpDesk')
    await send('PUT', settings, { helpDesk: { ...helpDesk, checks } })
    const { text } = await run('HelpDesk')
    await send('PUT', settings, { helpDesk })
    expect(text).toContain(
      'action-without-check: No check of the desk is enough for: Unlock the account, Reset',
    )
  })

  test('is saved, and the answer contains the findings', async () => {
    const source = Buffer.from('var a = 1\nvar b = ;').toString('base64')
    await send('PUT', `${at}/scripts/${script}`, {
      name: 'Broken',
      script: source,
      language: 'JAVASCRIPT',
      context: 'AUTHENTICATION_TREE_DECISION_NODE',
    })
    await send('PUT', `${trees}/nodes/ScriptedDecisionNode/${script}`, { script, outcomes: ['a'] })
    await send('PUT', `${trees}/nodes/BackchannelNotificationNode/${notify}`, { dataKey: 'told' })
    const saved = await send('PUT', `${trees}/trees/Faulty`, {
      entryNodeId: script,
      nodes: {
        [script]: node('ScriptedDecisionNode', 'Decide', { a: notify }),
        [notify]: node('BackchannelNotificationNode', 'Notify', { success }),
      },
    })
    expect(saved.status).toBe(201)
    expect(saved.body._findings).toMatchObject([
      { rule: 'script-syntax', severity: 'error', journey: 'Faulty', nodeId: script },
      { rule: 'unconnected-outcome', severity: 'warning', nodeId: notify },
      { rule: 'state-read-never-written', nodeId: notify },
      { rule: 'notification-without-transaction', nodeId: notify },
    ])
    const found = await send('GET', `${at}/journeys/Faulty/findings`)
    expect(found).toEqual({ status: 200, body: { result: saved.body._findings } })
    expect((await send('GET', `${trees}/trees/Faulty`)).body).not.toHaveProperty('_findings')
    expect((await send('PUT', `${trees}/trees/Faulty`, saved.body)).status).toBe(200)
  })

  test('fails the command, which prints the findings', async () => {
    const { isGood, text } = await run('Faulty')
    expect(isGood).toBe(false)
    expect(text).toContain("error script-syntax: Script 'Broken' does not compile: line 2: ")
    expect(text).toMatch(/1 error, 3 warnings\.$/)
  })

  test('shows its findings only to administrators', async () => {
    const answer = await fetch(`${server.url}${at}/journeys/Faulty/findings`)
    expect(answer.status).toBe(401)
  })

  test('is also found in the data of a stopped server', async () => {
    await server.stop()
    const { isGood, text } = await run('Faulty', '--data', folder)
    expect(isGood).toBe(false)
    expect(text).toContain('script-syntax')
    await expect(run('Nowhere', '--data', folder)).rejects.toThrow(
      'There is no journey Nowhere in realm /alpha',
    )
    server = await startServer({ dataFolder: folder })
  })
})

describe('a valid script', () => {
  test('gets warnings about syntax that AM’s engine rejects', async () => {
    const answer = await fetch(`${server.url}/json/realms/root/realms/alpha/scripts?_action=validate`, {
      method: 'POST',
      headers: {
        iPlanetDirectoryPro: await signInAsAdministrator(server.url),
        'accept-api-version': 'resource=1.0',
        'content-type': 'application/json',
      },
      body: JSON.stringify({ script: Buffer.from('\nlet a = 1').toString('base64') }),
    })
    expect(await answer.json()).toEqual({
      success: true,
      warnings: [{ line: 2, message: '`let` is a parse error' }],
    })
  })
})
