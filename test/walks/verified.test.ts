import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { applyCommand } from '../../src/cli/apply-command.ts'
import { testCommand } from '../../src/cli/test-command.ts'
import { preparedFolder, saveRealm } from '../support/prepared-folder.ts'
import { exportOf, projectFolder, scripted } from '../support/walk-project.ts'

const decides = (source: string) =>
  exportOf('Decide', { Decide: scripted('decide', { yes: 'success', no: 'failure' }) }, { decide: source })
const walks = (ends: string) => `
journey: Decide
walks:
  - it: decides
    ends: ${ends}
`
const stamp = join('.sidegate', 'verified.json')

let data: string
beforeAll(async () => {
  data = await preparedFolder((stores) => saveRealm(stores, '/alpha'))
})

function project(): { folder: string; write(path: string, text: string): void } {
  const folder = projectFolder({
    'Decide.json': decides("outcome = 'yes'"),
    'decide.walk.yaml': walks('success'),
  })
  return { folder, write: (path, text) => writeFileSync(join(folder, path), text) }
}

async function run(command: typeof testCommand, args: string[]) {
  const warned: string[] = []
  const terminal = { print: () => {}, warn: (text: string) => void warned.push(text), environment: {} }
  return { status: await command(args, terminal), warned: warned.join('\n') }
}

const apply = (folder: string) =>
  run((args, terminal) => applyCommand(args, terminal, 0), [folder, '--verified', '--data', data])

test('applies what all walks passed with, and nothing else', async () => {
  const { folder, write } = project()
  await expect(apply(folder)).rejects.toThrow(
    'verified.json: no run of all walks has passed. Run `sidegate test` first',
  )
  expect((await run(testCommand, [folder])).status).toBe(0)
  write('Decide.json', decides("outcome = 'no'"))
  expect(await apply(folder)).toEqual({
    status: 2,
    warned: "Nothing was written: script 'decide' changed since all walks passed. Run `sidegate test`.",
  })
  write('Decide.json', decides("outcome = 'yes'"))
  expect((await apply(folder)).status).toBe(0)
  write(
    'Decide.json',
    exportOf(
      'Decide',
      { Decide: scripted('decide', { yes: 'success', no: 'success' }) },
      { decide: "outcome = 'yes'" },
    ),
  )
  expect((await apply(folder)).warned).toMatch("journey 'Decide' changed since all walks passed")
})

test('forgets the record when a walk fails, and keeps none of a part of the walks', async () => {
  const { folder, write } = project()
  await run(testCommand, [folder, '-t', 'decides'])
  await run(testCommand, [folder, '--shard', '1/1'])
  await run(testCommand, [join(folder, 'decide.walk.yaml')])
  await expect(apply(folder)).rejects.toThrow('no run of all walks has passed')
  await run(testCommand, [folder])
  expect(readFileSync(join(folder, stamp), 'utf8')).toMatch(/"script decide": "[\w-]{43}"/)
  write('decide.walk.yaml', walks('failure'))
  expect((await run(testCommand, [folder, '-t', 'decides'])).status).toBe(1)
  await expect(apply(folder)).rejects.toThrow('no run of all walks has passed')
})

test('rejects a record that can’t be read', async () => {
  const { folder, write } = project()
  await run(testCommand, [folder])
  write(stamp, '{"v": 2, "things": {}}')
  await expect(apply(folder)).rejects.toThrow('no run of all walks has passed')
})
