import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { z } from 'zod'
import { initCommand } from '../../src/cli/init-command.ts'
import { mutateCommand } from '../../src/cli/mutate-command.ts'
import { walkFileSchema } from '../../src/testing/walk-file.ts'
import { commitAll, exportOf, login, projectFolder, scripted } from '../support/walk-project.ts'

const reportSchema = z.object({
  mutants: z.array(
    z.object({
      node: z.string(),
      change: z.string(),
      verdict: z.string(),
      suggestion: z
        .object({
          yaml: z.string(),
          proof: z.object({ walk: z.looseObject({ it: z.string() }), isNew: z.boolean() }).optional(),
        })
        .optional(),
    }),
  ),
})

async function mutatedIn(folder: string, args: readonly string[] = [], signal?: AbortSignal) {
  const lines: string[] = []
  const print = (text: string) => void lines.push(text)
  const json = join(folder, 'mutants.json')
  const status = await mutateCommand(
    [folder, '--json', json, ...args],
    { print, warn: print, environment: {} },
    signal,
  )
  const read = () => reportSchema.parse(JSON.parse(readFileSync(json, 'utf8'))).mutants
  return { status, output: lines.join('\n'), read }
}

/** Adds the suggested walk for a change to the file, or puts it in place of the walk with its name. */
function followSuggestion(
  file: string,
  mutants: ReturnType<Awaited<ReturnType<typeof mutatedIn>>['read']>,
  name: string,
) {
  const proof = mutants.find(({ node, change }) => `${node}: ${change}` === name)?.suggestion?.proof
  if (proof === undefined) throw new Error(`no suggestion for ${name}`)
  const content = z
    .looseObject({ walks: z.array(z.looseObject({ it: z.string() })) })
    .parse(parse(readFileSync(file, 'utf8')))
  const others = content.walks.filter(({ it }) => proof.isNew || it !== proof.walk.it)
  writeFileSync(
    file,
    stringify({ ...content, walks: [...others, proof.walk] }, { aliasDuplicateObjects: false }),
  )
}

const greeting = exportOf(
  'Greeting',
  {
    'Ask Name': { type: 'UsernameCollectorNode', to: { outcome: 'Ask Password' } },
    'Ask Password': { type: 'PasswordCollectorNode', to: { outcome: 'Check' } },
    Check: { type: 'DataStoreDecisionNode', to: { true: 'Level', false: 'failure' } },
    Level: { type: 'ModifyAuthLevelNode', config: { authLevelIncrement: 10 }, to: { outcome: 'Loop' } },
    Loop: scripted('loop', { true: 'Hello' }),
    Hello: {
      type: 'MessageNode',
      config: { message: { en: 'Welcome back' } },
      to: { true: 'success', false: 'failure' },
    },
    Away: { type: 'MessageNode', config: { message: { en: 'Nothing leads here' } }, to: { true: 'success' } },
  },
  { loop: `while (false) {}\naction.goTo('true')` },
).replace('"noSession": true', '"noSession": false')

const walks = `journey: Greeting
people: { alex: {} }
walks:
  - it: signs alex in
    steps:
      - answer: { NameCallback: alex }
      - answer: { PasswordCallback: "\${alex.password}" }
      - answer: { ConfirmationCallback: "Yes" }
    ends: success
`

describe('changes that no walk notices', () => {
  test('each has a walk that notices it, which kills it when it is in the file', async () => {
    const folder = projectFolder({ 'journeys/Greeting.json': greeting, 'tests/greeting.walk.yaml': walks })
    const first = await mutatedIn(folder)
    expect(first.status).toBe(0)
    expect(first.output).toContain(
      "Greeting › Check: nobody would notice that 'false' leads to Level, as 'true' does\n",
    )
    // A script without an end does not hold up, and an unreachable node does not count.
    const endless = first.read().find(({ change }) => change.includes('tests the opposite of false'))
    expect(endless?.verdict).toBe('killed')
    expect(first.read().filter(({ node }) => node === 'Away')).toEqual([])
    const survivors = first.read().filter(({ verdict }) => verdict === 'survived')
    for (const { suggestion } of survivors) {
      const yaml = z.record(z.string(), z.unknown()).parse(parse(suggestion?.yaml ?? ''))
      const file = 'walks' in yaml ? yaml : { walks: [{ it: 'one', ...yaml }] }
      expect(walkFileSchema.safeParse(file).error, suggestion?.yaml).toBeUndefined()
    }
    const level = survivors.find(({ change }) => change.endsWith(' is 21, not 10'))
    expect(level?.suggestion?.yaml).toBe('ends: { success: { person: alex, level: 10 } }\n')
    const file = join(folder, 'tests/greeting.walk.yaml')
    const bypass = "Check: 'false' leads to Level, as 'true' does"
    const text = "Hello: 'Message' is another text"
    followSuggestion(file, survivors, bypass)
    followSuggestion(file, survivors, `Level: ${level?.change}`)
    const second = (await mutatedIn(folder)).read()
    // It changes the walk that has the level now.
    followSuggestion(file, second, text)
    const last = (await mutatedIn(folder)).read()
    const killed = last.flatMap(({ node, change, verdict }) =>
      verdict === 'killed' ? [`${node}: ${change}`] : [],
    )
    expect(killed).toEqual(expect.arrayContaining([bypass, `Level: ${level?.change}`, text]))
  })

  test('the validity of a code is noticed by the suggested walk that waits', async () => {
    const exported = readFileSync(
      join(import.meta.dirname, '..', 'fixtures', 'journeys', 'CodeByMail.json'),
      'utf8',
    )
    const folder = projectFolder({
      'journeys/CodeByMail.json': exported,
      'tests/otp.walk.yaml': `journey: CodeByMail
people: { mia: { mail: mia@example.com } }
walks:
  - it: accepts the code
    steps:
      - answer: { NameCallback: mia, PasswordCallback: "\${mia.password}" }
      - mail: { to: mia@example.com, keep: { code: '/(\\d{8})/' } }
      - answer: { PasswordCallback: "\${code}" }
    ends: success
`,
    })
    const name = "Compare: 'One Time Password Validity Length' is 11, not 5"
    followSuggestion(join(folder, 'tests/otp.walk.yaml'), (await mutatedIn(folder)).read(), name)
    const after = (await mutatedIn(folder)).read()
    expect(after.find(({ node, change }) => `${node}: ${change}` === name)?.verdict).toBe('killed')
  })
})

test('drafts of init notice each value that scripts leave in shared state', async () => {
  const source = `nodeState.putShared('risk', { level: 3, reason: 'new device' })
nodeState.putShared('risk', { level: 5, reason: 'new device' })
nodeState.putShared('channel', 'mail')
action.goTo('true')`
  const journey = exportOf('Risk', { Rate: scripted('rate', { true: 'failure' }) }, { rate: source })
  const folder = projectFolder({ 'config/Risk.json': journey })
  const quiet = { print: () => {}, warn: () => {}, environment: {} }
  expect(await initCommand(['--from', join(folder, 'config')], quiet, folder)).toBe(0)
  expect(readFileSync(join(folder, 'tests/Risk.walk.yaml'), 'utf8')).toContain('channel: mail')
  const survivors = (await mutatedIn(folder)).read().filter(({ verdict }) => verdict === 'survived')
  // The next statement replaces the first value, which nobody can notice.
  expect(survivors.map(({ change }) => change).filter((change) => !/line 1\b/.test(change))).toEqual([])
})

test('drafts of init notice a bypassed password check and another level', async () => {
  const folder = projectFolder({ 'config/Greeting.json': greeting })
  const quiet = { print: () => {}, warn: () => {}, environment: {} }
  expect(await initCommand(['--from', join(folder, 'config')], quiet, folder)).toBe(0)
  const mutants = (await mutatedIn(folder)).read()
  const noticed = mutants.filter(
    ({ node, verdict }) => (node === 'Check' || node === 'Level') && verdict === 'survived',
  )
  expect(noticed).toEqual([])
})

describe('sidegate mutate', () => {
  const signIn = `journey: Login
people: { alex: {} }
walks:
  - it: signs in
    steps:
      - answer: { NameCallback: alex }
      - answer: { PasswordCallback: "\${alex.password}" }
    ends: success
`
  const project = (walk = signIn) =>
    projectFolder({ 'journeys/Login.json': login, 'tests/login.walk.yaml': walk })

  test('ends with 1 below the minimum, and says the score', async () => {
    const { status, output } = await mutatedIn(project(), ['--min', '99'])
    expect(status).toBe(1)
    expect(output).toMatch(/changes: \d+ noticed \(\d+(\.\d+)? %\)/)
    expect(output).toContain('99 % are required.')
    expect((await mutatedIn(project(), ['--min', '10%'])).status).toBe(0)
  })

  test.each(['101', 'many', '-1', '80x'])('refuses the minimum %s', async (min) => {
    await expect(mutatedIn(project(), [`--min=${min}`])).rejects.toThrow(
      '--min must be a number from 0 to 100',
    )
  })

  test('names walks that fail without a change, and changes nothing then', async () => {
    const { status, output } = await mutatedIn(project(signIn.replace('ends: success', 'ends: failure')))
    expect(status).toBe(1)
    expect(output).toContain('Login › signs in')
    expect(output).toContain('Changes can only be tried with walks that pass.')
  })

  test('refuses an unknown journey with a suggestion', async () => {
    await expect(mutatedIn(project(), ['--journey', 'Logn'])).rejects.toThrow("Did you mean 'Login'?")
  })

  test('tries as many changes as a sample has, the same each time', async () => {
    const folder = project()
    const [one, other] = [
      await mutatedIn(folder, ['--sample', '4']),
      await mutatedIn(folder, ['--sample', '4']),
    ]
    expect(one.read()).toHaveLength(4)
    expect(other.read().map(({ change }) => change)).toEqual(one.read().map(({ change }) => change))
  })

  test('tries only nodes that changed since a revision, also by their scripts', async () => {
    const folder = projectFolder({ 'journeys/Greeting.json': greeting, 'tests/greeting.walk.yaml': walks })
    const file = join(folder, 'journeys/Greeting.json')
    const nodesSince = async (content: string) => {
      writeFileSync(file, content)
      const { read } = await mutatedIn(folder, ['--changed', 'HEAD'])
      return new Set(read().map(({ node }) => node))
    }
    commitAll(folder)
    expect(await nodesSince(greeting)).toEqual(new Set())
    expect(await nodesSince(greeting.replace('Welcome back', 'Welcome'))).toEqual(new Set(['Hello']))
    expect(await nodesSince(greeting.replace('while (false)', 'while (null)'))).toEqual(new Set(['Loop']))
    await expect(mutatedIn(folder, ['--changed', 'no-such-branch'])).rejects.toThrow('git archive')
  })

  test('plays walks and changes with the engine that --engine names', async () => {
    const journey = exportOf(
      'Role',
      { Find: scripted('find', { staff: 'success', guest: 'failure' }) },
      {
        find: `const [role] = Object.values({ role: 'staff' })\nlogger.debug('found ' + 1)\naction.goTo(role)`,
      },
    )
    const walk = 'journey: Role\nwalks: [{ it: finds the role, ends: success }]\n'
    const folder = projectFolder({ 'journeys/Role.json': journey, 'tests/role.walk.yaml': walk })
    expect((await mutatedIn(folder)).output).toContain('Changes can only be tried with walks that pass.')
    const { status, read } = await mutatedIn(folder, ['--engine', 'server'])
    expect(status).toBe(0)
    // The vendor's engine fails without a change, so that it would notice all.
    expect(new Set(read().map(({ verdict }) => verdict))).toEqual(new Set(['killed', 'survived']))
    await expect(mutatedIn(folder, ['--engine', 'rhino'])).rejects.toThrow('--engine must be one of')
  })

  test('ends with the results so far when it is interrupted', async () => {
    const { status, output } = await mutatedIn(project(), [], AbortSignal.abort())
    expect(status).toBe(130)
    expect(output).toMatch(/0 noticed .*, \d+ more were not tried/)
  })
})
