import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import type { z } from 'zod'
import { invariantSchema } from '../../src/testing/explore/invariants.ts'
import { actionSchema, walkFileSchema } from '../../src/testing/walk-file.ts'
import { consoleClient } from '../support/console-client.ts'
import { startServer } from '../support/start-server.ts'
import { tested } from '../support/walk-project.ts'

const root = join(import.meta.dirname, '..', '..')
const page = readFileSync(join(root, 'docs', 'journeys-as-code.md'), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'sidegate-page-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const withoutTimes = (text: string) => text.replaceAll(/\d+\.\d ms/g, 'TIME')

/** Members with their descriptions. */
function tableOf(shape: Readonly<Record<string, z.ZodType>>): string {
  const rows = Object.entries(shape).map(([name, schema]) => {
    expect(schema.description, `${name} needs a description`).toBeTypeOf('string')
    return `| \`${name}\` | ${schema.description} |`
  })
  return ['| member | |', '| --- | --- |', ...rows].join('\n')
}

const { walks, ...file } = walkFileSchema.shape
const own = Object.entries(walks.element.shape).filter(([name]) => name === 'people' || !(name in file))

test.each([
  ['file', { ...file, walks }],
  ['walk', Object.fromEntries(own)],
  ['step', actionSchema.shape],
])('the page lists the members of a %s', (name, shape) => {
  expect(page).toContain(`<!-- ${name} -->\n${tableOf(shape)}\n`)
})

test('the page shows invariants that exist', () => {
  const [, list = ''] = /invariants:\n((?: {2}- .*\n)+)/.exec(page) ?? []
  const texts = list.split('\n').flatMap((line) => (line === '' ? [] : [line.slice(4)]))
  expect(texts).toHaveLength(5)
  for (const text of texts) expect(invariantSchema.parse(text).text).toBe(text)
})

test('the page and the README show a failure as it is printed', async () => {
  const [, walks = ''] = /## A walk\n\n```yaml\n(.*?)```/s.exec(page) ?? []
  const exported = readFileSync(join(root, 'test', 'fixtures', 'journeys', 'CodeByMail.json'), 'utf8')
  const { output } = await tested({
    'journeys/CodeByMail.json': exported.replace('"passwordExpiryTime": 5', '"passwordExpiryTime": 10'),
    'tests/otp.walk.yaml': walks,
  })
  const failure = withoutTimes(output).split('\n\n')[0] ?? ''
  expect(failure).toMatch(/^FAIL/)
  const shown = /When a walk fails.*?```\n(.*?)\n```/s.exec(page)?.[1] ?? ''
  expect(withoutTimes(shown)).toBe(failure)
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const shownLines = /```\n {3}(FAIL .*?)\n {3}```/s.exec(readme)?.[1]?.split('\n') ?? []
  const lines = shownLines.map((line) => line.replace(/^ {3}/, ''))
  expect(failure.split('\n').filter((line) => lines.map(withoutTimes).includes(line))).toEqual(
    lines.map(withoutTimes),
  )
  expect(lines.length).toBeGreaterThan(5)
})

test('every command of the page works, in order', { timeout: 120_000 }, async () => {
  copyFileSync(join(root, 'test', 'fixtures', 'journeys', 'CodeByMail.json'), join(folder, 'my-export.json'))
  const blocks = [...page.matchAll(/```sh\n([^`]*)```/g)].map(([, block = '']) => block)
  const commands = blocks.flatMap((block) => block.split('\n')).filter((line) => line !== '')
  expect(commands[0]).toBe('npm install --save-dev sidegate')
  const ours = commands.slice(1)
  expect(ours.length).toBeGreaterThan(8)
  expect(ours.filter((command) => command.includes(tenant))).toHaveLength(2)
  for (const command of ours) {
    const [npx, name, ...args] = command.split(' ')
    expect([npx, name]).toEqual(['npx', 'sidegate'])
    if (args.includes(tenant)) await expectAgainstServer(args)
    else await expect(sidegate(args), command).resolves.toBeDefined()
  }
})

const tenant = 'https://tenant.example/am'

const sidegate = (args: readonly string[]) =>
  promisify(execFile)(process.execPath, [join(root, 'bin', 'sidegate.js'), ...args], { cwd: folder })

/** Runs a command of the page on a server with the journey, in place of the tenant. */
async function expectAgainstServer(args: readonly string[]): Promise<void> {
  const server = await startServer({ withSamples: false })
  onTestFinished(() => server.stop())
  const admin = await consoleClient(server.url)
  const exported = JSON.parse(readFileSync(join(folder, 'my-export.json'), 'utf8'))
  expect((await admin.post('journeys?_action=import', exported)).status).toBe(200)
  const here = args.map((arg) => (arg === tenant ? server.url : arg))
  if (!args.includes('record')) {
    const { stdout } = await sidegate(here).catch((failure) => failure)
    expect(stdout).toMatch(/agree/)
    return
  }
  const recording = spawn(process.execPath, [join(root, 'bin', 'sidegate.js'), ...here], { cwd: folder })
  onTestFinished(() => void recording.kill('SIGKILL'))
  const [line] = await once(createInterface(recording.stdout), 'line')
  expect(line).toMatch(/^Recording Login of http.*Ctrl\+C ends the recording\.$/)
  recording.kill('SIGINT')
  const [warning] = await once(recording.stderr, 'data')
  expect(String(warning)).toMatch(/Login/)
  await once(recording, 'exit')
}
