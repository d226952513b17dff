import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { failureId } from '../../src/engine/journey.ts'
import { projectOf } from '../support/project-folder.ts'

const root = join(import.meta.dirname, '..', '..')
const read = (file: string): unknown => parse(readFileSync(join(root, file), 'utf8'))
const texts = z.record(z.string(), z.coerce.string())

const action = z
  .strictObject({
    name: z.string(),
    description: z.string(),
    inputs: z.record(z.string(), z.strictObject({ description: z.string(), default: z.string() })),
    outputs: z.record(z.string(), z.strictObject({ description: z.string(), value: z.string() })),
    runs: z.strictObject({
      using: z.literal('composite'),
      steps: z.array(
        z.union([
          z.strictObject({
            id: z.string().optional(),
            if: z.string().optional(),
            shell: z.literal('bash'),
            env: texts,
            run: z.string(),
          }),
          z.strictObject({
            if: z.string().optional(),
            uses: z.string().regex(/^[\w/-]+@v\d+$/),
            with: texts,
          }),
        ]),
      ),
    }),
  })
  .parse(read('action.yml'))

const pipeline = z
  .object({
    variables: texts,
    '.sidegate': z.object({ image: z.string(), before_script: z.array(z.string()) }),
  })
  .and(z.record(z.string(), z.unknown()))
  .parse(read('docs/ci/sidegate.gitlab-ci.yml'))

const job = z.strictObject({
  extends: z.literal('.sidegate'),
  stage: z.string(),
  script: z.array(z.string()),
  artifacts: z.strictObject({
    when: z.literal('always'),
    paths: z.array(z.string()).optional(),
    reports: z.strictObject({ junit: z.string() }).optional(),
  }),
})

const journey = {
  tree: {
    _id: 'Main',
    entryNodeId: 'n',
    nodes: { n: { nodeType: 'SetStateNode', displayName: 'N', connections: { outcome: failureId } } },
  },
  nodes: { n: { _id: 'n', attributes: {} } },
}

const walks = `
journey: Main
walks:
  - it: fails
    ends: failure
`

/** Installs this checkout in place of a package, and records the arguments. */
const npm = `#!/bin/bash
echo "$@" >> "$PROJECT/npm.log"
while [ "$1" != --prefix ]; do shift; done
mkdir -p "$2/node_modules/.bin"
printf '#!/bin/bash\\nexec "${process.execPath}" "${join(root, 'bin', 'sidegate.js')}" "$@"\\n' > "$2/node_modules/.bin/sidegate"
chmod +x "$2/node_modules/.bin/sidegate"
`

/** A project, and a shell in it that runs scripts as a CI system does. */
function projectWithShell() {
  const project = projectOf({
    'config/main.json': JSON.stringify(journey),
    'config/main.walk.yaml': walks,
    'tools/npm': npm,
    path: '',
  })
  chmodSync(join(project, 'tools', 'npm'), 0o755)
  mkdirSync(join(project, 'temporary'))
  const run = (script: string, env: Record<string, string>) => {
    const added = readFileSync(join(project, 'path'), 'utf8').trim()
    const path = [added, join(project, 'tools'), process.env.PATH].filter((part) => part !== '').join(':')
    return promisify(execFile)('bash', ['-eo', 'pipefail', '-c', script], {
      cwd: project,
      env: {
        PATH: path,
        HOME: project,
        PROJECT: project,
        RUNNER_TEMP: join(project, 'temporary'),
        GITHUB_PATH: join(project, 'path'),
        ...env,
      },
    })
  }
  return { project, run, read: (file: string) => readFileSync(join(project, file), 'utf8') }
}

const page = readFileSync(join(root, 'docs', 'ci.md'), 'utf8')
const [, optionsOnPage = ''] = /further options of `sidegate test`, such as `([^`]+)`/.exec(page) ?? []

describe('the action for GitHub', () => {
  const { inputs, outputs, runs } = action
  const scripts = runs.steps.flatMap((step) => ('run' in step ? [step] : []))

  test('passes inputs to scripts as variables only', () => {
    for (const { run, env } of scripts) {
      expect(run).not.toContain('${{')
      const used = [...run.matchAll(/\$\{?(\w+)/g)].map(([, name = '']) => name)
      expect([...Object.keys(env), 'RUNNER_TEMP', 'GITHUB_PATH']).toEqual(expect.arrayContaining(used))
    }
  })

  test('names only inputs and steps that exist', () => {
    const expressions = JSON.stringify([runs, outputs])
    const named = (kind: string) =>
      [...expressions.matchAll(new RegExp(String.raw`\b${kind}\.([\w-]+)`, 'g'))].map(([, name]) => name)
    expect(new Set(named('inputs'))).toEqual(new Set(Object.keys(inputs)))
    const ids = runs.steps.flatMap((step) => ('id' in step ? [step.id] : []))
    expect(ids).toEqual(expect.arrayContaining(named('steps')))
  })

  test('installs, checks and tests a project with the real command line', async () => {
    const { run, read } = projectWithShell()
    const given: Record<string, string> = {
      folder: 'config',
      version: '0.2.0',
      'test-options': optionsOnPage,
    }
    const filled = (text: string) =>
      text.replaceAll(
        /\$\{\{ inputs\.([\w-]+) \}\}/g,
        (_all, name) => given[name] ?? inputs[name]?.default ?? '',
      )
    for (const { run: script, env } of scripts) {
      const variables = Object.entries(env).map(([name, value]) => [name, filled(value)])
      await run(script, Object.fromEntries(variables))
    }
    expect(optionsOnPage).toContain('--coverage')
    expect(read('npm.log')).toMatch(/ sidegate@0\.2\.0\n$/)
    expect(JSON.parse(read(filled(outputs.sarif?.value ?? '')))).toMatchObject({ version: '2.1.0' })
    expect(read(filled(outputs.junit?.value ?? ''))).toContain('<testcase')
  })
})

describe('the template for GitLab', () => {
  const jobs = Object.entries(pipeline).filter(([name]) => name.startsWith('sidegate:'))

  test.each(jobs)('%s works with the real command line', async (_name, definition) => {
    const { script, artifacts } = job.parse(definition)
    const { run, read } = projectWithShell()
    const whole = [...pipeline['.sidegate'].before_script, ...script].join('\n')
    // Of the job alone, so that jobs can run at the same time.
    const away = (text: string) => text.replaceAll('/tmp/sidegate', '$RUNNER_TEMP/sidegate')
    await run(away(whole), { ...pipeline.variables, SIDEGATE_FOLDER: 'config' })
    // The project has no failed walk, so no traces.
    const paths = (artifacts.paths ?? []).filter((path) => path !== '$SIDEGATE_FOLDER/.sidegate/runs/*.trace')
    const written = [...paths, ...(artifacts.reports ? [artifacts.reports.junit] : [])]
    expect(written).toHaveLength(1)
    for (const file of written) expect(read(file)).toMatch(/^(\{|<\?xml)/)
  })

  test('checks and tests', () => {
    expect(jobs.map(([name]) => name)).toEqual(['sidegate:lint', 'sidegate:test'])
  })
})

test('the commands on the page work', async () => {
  const { run, read } = projectWithShell()
  const [, block = ''] = /```sh\n([^`]+)```/.exec(page) ?? []
  const program = `"${process.execPath}" "${join(root, 'bin', 'sidegate.js')}"`
  await run(block.replaceAll('npx sidegate', program), {})
  for (const [, file = ''] of block.matchAll(/(sidegate[\w.-]+\.(?:sarif|xml))/g))
    expect(read(file)).not.toBe('')
})

test('the page describes every input', () => {
  for (const [name, { default: value }] of Object.entries(action.inputs)) {
    const row = page.split('\n').find((line) => line.startsWith('| `') && line.includes(`\`${name}\``))
    expect(row, name).toBeDefined()
    if (value !== '') expect(row).toContain(`\`${value}\``)
  }
})
