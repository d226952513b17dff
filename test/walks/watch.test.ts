import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { testCommand } from '../../src/cli/test-command.ts'
import { WatchedProject } from '../../src/testing/watched-project.ts'
import { exportOf, login, projectFolder, scripted } from '../support/walk-project.ts'

const gate = (source: string) =>
  exportOf('Gate', { Ask: scripted('ask', { open: 'success', closed: 'failure' }) }, { ask: source })
const gateWalks = 'journey: Gate\nwalks: [{ it: opens, ends: success }]\n'
const loginWalks = 'journey: Login\nwalks: [{ it: asks for a name, steps: [{ asks: User Name }] }]\n'

/** Runs `sidegate test --watch`. @returns a function that waits for the next summary. */
function watching(folder: string) {
  const summaries: string[] = []
  let arrived = () => {}
  const print = (text: string) => {
    if (!/^Waiting/.test(text)) summaries.push(text)
    else arrived()
  }
  const controller = new AbortController()
  const ended = testCommand([folder, '--watch'], { print, warn: print, environment: {} }, controller.signal)
  onTestFinished(async () => {
    controller.abort()
    await ended
  })
  return {
    /** The output until it waits for changes. */
    async printed(): Promise<string> {
      await new Promise<void>((resolve) => {
        arrived = resolve
      })
      return summaries.splice(0).join('\n')
    },
    async end(): Promise<number> {
      controller.abort()
      return ended
    },
  }
}

test('runs the walks of a changed journey again, and no others', async () => {
  const folder = projectFolder({
    'Gate.json': gate("outcome = 'open'"),
    'Login.json': login,
    'gate.walk.yaml': gateWalks,
    'login.walk.yaml': loginWalks,
  })
  const watched = watching(folder)
  expect(await watched.printed()).toMatch(/^2 walks: 2 passed/)

  writeFileSync(join(folder, 'Gate.json'), gate("outcome = 'closed'"))
  const broken = await watched.printed()
  expect(broken).toContain('FAIL')
  expect(broken).toContain('Ask → closed')
  expect(broken).toMatch(/1 walk: 0 passed, 1 failed/)

  writeFileSync(join(folder, 'Gate.json'), '{')
  expect(await watched.printed()).toMatch(/BROKEN .*Gate\.json/)

  writeFileSync(join(folder, 'Gate.json'), gate("outcome = 'open' // again"))
  expect(await watched.printed()).toMatch(/1 walk: 1 passed/)

  writeFileSync(join(folder, 'login.walk.yaml'), loginWalks.replace('User Name', 'Password'))
  expect(await watched.printed()).toMatch(/asks for a name[\s\S]*1 walk: 0 passed, 1 failed/)
  expect(await watched.end()).toBe(1)
})

test('runs a walk again that changed while the project could not be read', async () => {
  const folder = projectFolder({ 'Login.json': login, 'login.walk.yaml': loginWalks })
  const path = (name: string) => join(folder, name)
  const watched = new WatchedProject(folder, [], { environment: {}, isSelected: () => true })
  onTestFinished(() => watched.close())
  expect((await watched.runAll()).results).toMatchObject([{ status: 'passed' }])
  writeFileSync(path('Login.json'), '{')
  writeFileSync(path('login.walk.yaml'), loginWalks.replace('User Name', 'Password'))
  const broken = await watched.changed([path('Login.json'), path('login.walk.yaml')])
  expect(broken).toMatchObject({ results: [], problems: [{ file: folder }] })
  writeFileSync(path('Login.json'), login)
  expect((await watched.changed([path('Login.json')])).results).toMatchObject([{ status: 'failed' }])
  writeFileSync(path('login.walk.yaml'), loginWalks)
  expect((await watched.changed([path('login.walk.yaml')])).results).toMatchObject([{ status: 'passed' }])
  expect((await watched.changed([path('Login.json')])).results).toEqual([])
})
