import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { asking } from '../support/rest.ts'
import { plays, running, signedIn } from '../support/running-dev.ts'
import { startServer } from '../support/start-server.ts'
import { exportOf, login, projectFolder, scripted } from '../support/walk-project.ts'

const gate = (source: string) =>
  exportOf('Gate', { Ask: scripted('ask', { open: 'success', closed: 'failure' }) }, { ask: source })

const files = {
  'sidegate.yaml': 'configuration: [journeys]\n',
  'journeys/Login.json': login,
  'journeys/Gate.json': gate("outcome = 'open'"),
  'tests/Login.walk.yaml':
    'journey: Login\npeople: { alex: { mail: alex@example.com } }\nwalks: [{ it: asks, steps: [{ asks: User Name }] }]\n',
}

const tree = '/realms/root/realms/alpha/realm-config/authentication/authenticationtrees/trees/Login'
const success = '70e691a5-1e33-4ac3-a356-e7b6d60d92e0'

test('keeps files and console in sync, and overwrites nothing that both changed', async () => {
  const folder = projectFolder(files)
  const file = join(folder, 'journeys/Login.json')
  const { dev, ask, says, lines, end } = await running(folder)
  const failing = async () => (await ask(tree)).body.nodes['Login-Check'].connections.false

  // From a file to the server.
  const edited = login.replace(/"false": "[^"]*"/, `"false": "${success}"`)
  writeFileSync(file, edited)
  await says("journey 'Login': 'Check' → false now leads to Success (was Failure) (from journeys/Login.json)")
  expect(await failing()).toBe(success)

  // From the server to the file, in the form that it has.
  const { body: shown } = await ask(tree)
  shown.nodes['Login-Check'].connections.true = 'Login-Ask Name'
  expect((await ask(tree, { method: 'PUT', body: shown })).status).toBe(200)
  await says("journey 'Login': 'Check' → true now leads to 'Ask Name' (was Success) (from the console)")
  await says('wrote journeys/Login.json')
  expect(readFileSync(file, 'utf8')).toBe(edited.replace(/"true": "[^"]*"/, '"true": "Login-Ask Name"'))

  // Nothing more follows from either.
  await dev.sync.changed()
  const before = lines.length
  await dev.sync.changed()
  expect(lines).toHaveLength(before)

  // A broken file changes nothing, and saves in the console wait for it.
  const other = join(folder, 'journeys/Gate.json')
  const sound = readFileSync(other, 'utf8')
  writeFileSync(other, `${sound.slice(0, 40)} oops`)
  expect(await says('The server stays as it is')).toMatch(/Gate\.json:\d+: /)
  shown.nodes['Login-Check'].displayName = 'From the console'
  await ask(tree, { method: 'PUT', body: shown })
  await dev.sync.settled()
  expect(readFileSync(file, 'utf8')).not.toContain('From the console')
  expect(dev.messages.current).toHaveLength(1)

  // Both sides changed: neither is overwritten until one is taken.
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace('"displayName": "Check"', '"displayName": "From the file"'),
  )
  writeFileSync(other, sound)
  const conflict = await says('CONFLICT')
  expect(conflict).toContain('From the console')
  expect(conflict).toContain('From the file')
  expect((await ask(tree)).body.nodes['Login-Check'].displayName).toBe('From the console')
  expect(readFileSync(file, 'utf8')).toContain('From the file')
  const [{ key } = { key: '' }] = dev.sync.conflicts
  await dev.sync.take(key, 'server')
  expect(readFileSync(file, 'utf8')).toContain('From the console')
  expect(dev.sync.conflicts).toEqual([])

  // A broken script stays away from the server; a sound one goes there.
  writeFileSync(other, gate('outcome = = 1'))
  expect(await says("The server keeps script 'ask' as it was")).toMatch(/^journeys\/Gate\.json:\d+: /)
  writeFileSync(other, gate("outcome = 'closed'"))
  await says("script 'ask': ")
  expect(dev.messages.current).toEqual([])

  // A journey that is removed from the files stays on the server, and is named once.
  rmSync(other)
  await says("journey 'Gate' was removed from the files. It stays on the server.")
  await dev.sync.changed()
  expect(lines.filter((line) => line.includes("journey 'Gate' was removed"))).toHaveLength(1)
  expect((await ask(tree.replace('Login', 'Gate'))).status).toBe(200)
  await end()
})

test('starts with new data, the people of the walks and one password, on this machine only', async () => {
  const folder = projectFolder(files)
  const first = await running(folder)
  expect(first.lines[0]).toContain(
    `${first.dev.url}/am/XUI/?realm=%2Falpha&authIndexType=service&authIndexValue=Login`,
  )
  expect(first.lines[0]).toContain(`amadmin   ${first.dev.password}`)
  expect((await plays(first.dev, 'alex')).successUrl).toEqual(expect.any(String))
  const taken = ['--port', new URL(first.dev.url).port]
  await expect(running(folder, {}, taken)).rejects.toThrow(/cannot listen at .* another program uses it/)
  await first.ask('/realms/root/realms/alpha/users/alex', { method: 'DELETE' })
  await first.end()
  await expect(fetch(first.dev.url)).rejects.toThrow()
  const second = await running(folder)
  expect(second.dev.password).not.toBe(first.dev.password)
  expect((await plays(second.dev, 'alex')).successUrl).toEqual(expect.any(String))
  await second.end()
  await expect(running(folder, { HOST: '0.0.0.0' })).rejects.toThrow('listens on 127.0.0.1 only')
})

test('has a panel for its administrator alone, and other servers have none', async () => {
  const call = `var answer = httpClient.send('https://risk.example/score', { method: 'GET' }).get()
    outcome = answer.status === 200 ? 'open' : 'closed'`
  const withSession = login.replace('"noSession": true', '"noSession": false')
  const folder = projectFolder({
    ...files,
    'journeys/Gate.json': gate(call),
    'journeys/Login.json': withSession,
  })
  const { dev, ask } = await running(folder)
  const panel = '/global-config/dev'
  const pass = { method: 'POST', body: { minutes: 60 * 24 } }
  const starts = async () => {
    const path = '/realms/root/realms/alpha/authenticate?authIndexType=service&authIndexValue=Gate'
    return (await ask(path, { method: 'POST', as: '' })).status
  }

  // Journeys get replies, and calls leave the machine for no host.
  expect(await starts()).toBe(401)
  const [{ yaml } = { yaml: '' }] = (await ask(panel)).body.calls
  expect(yaml).toBe('http: [{ GET: "https://risk.example/score", reply: { status: 200, json: {} } }]')
  expect(
    (await ask(`${panel}?_action=addReply`, { method: 'POST', body: { yaml: 'no: reply' } })).status,
  ).toBe(400)
  await ask(`${panel}?_action=addReply`, { method: 'POST', body: { yaml } })
  expect(await starts()).toBe(200)
  expect((await ask(panel)).body.calls[0]).toMatchObject({
    answer: 200,
    mock: 'GET https://risk.example/score',
  })

  // The clock only goes on, and takes no session of the administrator along.
  const passed = await ask(`${panel}?_action=pass`, pass)
  expect(passed.body.aheadMs).toBe(86_400_000)
  expect((await ask(`${panel}?_action=pass`, { method: 'POST', body: { minutes: -5 } })).status).toBe(400)
  expect((await ask(panel)).status).toBe(200)

  // Others may neither read nor write it, and pages of other origins can't press its buttons.
  expect((await ask(panel, { as: '' })).status).toBe(401)
  expect((await ask(`${panel}?_action=pass`, { ...pass, as: '' })).status).toBe(401)
  await dev.server.parts.identities.create(
    '/alpha',
    { userName: 'author', password: dev.password },
    { roles: ['realm-admin'], checks: 'none' },
  )
  const { tokenId: author } = await plays(dev, 'author')
  expect(author).toEqual(expect.any(String))
  expect((await ask(panel, { as: author })).status).toBe(403)
  const form = await fetch(`${dev.url}/am/json${panel}?_action=pass`, {
    method: 'POST',
    headers: {
      cookie: `iPlanetDirectoryPro=${await signedIn(dev, 'amadmin')}`,
      'content-type': 'text/plain',
    },
    body: '{"minutes":1}',
  })
  expect(form.status).toBe(403)

  const usual = await startServer()
  const token = await signedIn(
    { url: usual.url.replace(/\/am$/, ''), password: 'Admin-Pass-2026' },
    'amadmin',
  )
  const asked = asking(usual.url, token)
  expect((await asked('/global-config/keys')).status).toBe(200)
  expect((await asked(panel)).status).toBe(404)
  expect((await asked(`${panel}?_action=pass`, pass)).status).toBe(404)
  expect((await asked('/serverinfo/*')).body.isDev).toBe(undefined)
  await usual.stop()
})
