import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { devCommand } from '../../src/cli/dev-command.ts'
import type { Dev } from '../../src/dev/start-dev.ts'
import { asking } from '../support/rest.ts'
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

/** Runs `sidegate dev` in a folder until the test ends. */
async function running(folder: string, environment = {}) {
  const lines: string[] = []
  let arrived = () => {}
  const print = (text: string) => {
    lines.push(text)
    arrived()
  }
  const controller = new AbortController()
  const started = Promise.withResolvers<Dev>()
  const ended = devCommand(
    [folder, '--port', '0'],
    { print, warn: print, environment },
    controller.signal,
    started.resolve,
  )
  ended.catch(started.reject)
  onTestFinished(async () => {
    controller.abort()
    await ended.catch(() => undefined)
  })
  const dev = await started.promise
  return {
    dev,
    ask: asking(`${dev.url}/am`, await signedIn(dev, 'amadmin')),
    lines,
    /** Waits for a line. */
    async says(text: string | RegExp): Promise<string> {
      for (;;) {
        const found = lines.find((line) => (typeof text === 'string' ? line.includes(text) : text.test(line)))
        if (found !== undefined) return found
        await new Promise<void>((resolve, reject) => {
          arrived = resolve
          setTimeout(() => reject(new Error(`waiting for ${text}, got:\n${lines.join('\n')}`)), 4000)
        })
      }
    },
    async end() {
      controller.abort()
      await ended
    },
  }
}

/** Completes the journey Login. @returns where it leads. */
async function plays({ url, password }: Dev, name: string): Promise<string> {
  const ask = asking(`${url}/am`, '')
  const path = '/realms/root/realms/alpha/authenticate?authIndexType=service&authIndexValue=Login'
  let { body } = await ask(path, { method: 'POST' })
  for (const value of [name, password]) {
    body.callbacks[0].input[0].value = value
    body = (await ask(path, { method: 'POST', body })).body
  }
  return body.successUrl
}

async function signedIn({ url, password }: Dev, name: string): Promise<string> {
  const response = await fetch(`${url}/am/json/realms/root/authenticate`, {
    method: 'POST',
    headers: {
      'accept-api-version': 'resource=2.0, protocol=1.0',
      'x-openam-username': name,
      'x-openam-password': password,
    },
  })
  return (await response.json()).tokenId
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
  expect(dev.sync.problems).toHaveLength(1)

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
  expect(dev.sync.problems).toEqual([])

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
  expect(await plays(first.dev, 'alex')).toEqual(expect.any(String))
  await first.ask('/realms/root/realms/alpha/users/alex', { method: 'DELETE' })
  await first.end()
  await expect(fetch(first.dev.url)).rejects.toThrow()
  const second = await running(folder)
  expect(second.dev.password).not.toBe(first.dev.password)
  expect(await plays(second.dev, 'alex')).toEqual(expect.any(String))
  await second.end()
  await expect(running(folder, { HOST: '0.0.0.0' })).rejects.toThrow('listens on 127.0.0.1 only')
})
