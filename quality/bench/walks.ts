import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { failureId, successId } from '../../src/engine/journey.ts'
import { measuredOn } from './measured-on.ts'
import { percentile } from './percentile.ts'
import { withSection } from './results-file.ts'
import { remove, root, startSidegate, temporaryFolder } from './servers.ts'
import { median, ratiosOf, spreadOf } from './spread.ts'
import { table } from './table.ts'

/** Measures `sidegate test`, beside newman with the same requests, and writes its section of RESULTS.md. */
const startedAt = Date.now()
const [loadBefore = 0] = loadavg()
const rounds = 5
const newman = 'newman@6.2.2'
const pages = 4
const password = 'Bench-Pass-2026'

/** A journey whose pages ask for nothing but a button. Each walk has a request for the start and one for each page. */
function journeyFile(name: string, hasScript: boolean): string {
  const id = (at: number) => `${name}-${at}`
  const last = hasScript ? decide : successId
  const page = (at: number) => ({
    nodeType: 'MessageNode',
    displayName: `Page ${at}`,
    connections: { true: at === pages - 1 ? last : id(at + 1), false: failureId },
  })
  const nodes = Object.fromEntries(Array.from({ length: pages }, (_, at) => [id(at), page(at)]))
  const settings = Object.fromEntries(
    Object.keys(nodes).map((node) => [
      node,
      { _id: node, _type: { _id: 'MessageNode' }, message: { en: 'Go on?' } },
    ]),
  )
  const tree = { _id: name, entryNodeId: id(0), noSession: true, enabled: true }
  const rest = { innerNodes: {}, emailTemplates: {} }
  if (!hasScript) return JSON.stringify({ tree: { ...tree, nodes }, nodes: settings, scripts: {}, ...rest })
  return JSON.stringify({
    tree: { ...tree, nodes: { ...nodes, [decide]: decisionNode } },
    nodes: { ...settings, [decide]: decision },
    scripts: { [decide]: script },
    ...rest,
  })
}

const decide = 'decide'
const decisionNode = {
  nodeType: 'ScriptedDecisionNode',
  displayName: 'Decide',
  connections: { low: successId, high: failureId },
}
const decision = {
  _id: decide,
  _type: { _id: 'ScriptedDecisionNode' },
  script: decide,
  outcomes: ['low', 'high'],
  inputs: ['*'],
  outputs: ['*'],
}
const source = `var score = 0
for (var i = 0; i < 100; i++) score += i % 7
if (score > 1000) outcome = 'high'
else outcome = 'low'`
const script = {
  _id: decide,
  name: decide,
  language: 'JAVASCRIPT',
  context: 'AUTHENTICATION_TREE_DECISION_NODE',
  evaluatorVersion: '2.0',
  script: JSON.stringify(source),
}

function project(walks: number, hasScript = false): string {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'Bench.json'), journeyFile('Bench', hasScript))
  const each = (at: number) =>
    `  - { it: ends well ${at}, steps: [{ answer: { ConfirmationCallback: 0 }, times: ${pages} }], ends: success }`
  const lines = Array.from({ length: walks }, (_, at) => each(at))
  writeFileSync(join(folder, 'bench.walk.yaml'), ['journey: Bench', 'walks:', ...lines, ''].join('\n'))
  return folder
}

const program = join(root, 'bin', 'sidegate.js')

/** Seconds of a whole process. */
function seconds(command: string, args: readonly string[], cwd = root): number {
  const from = performance.now()
  execFileSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] })
  return (performance.now() - from) / 1000
}

const test = (folder: string, ...options: string[]) =>
  seconds(process.execPath, [program, 'test', folder, ...options])
const times = <Value>(count: number, measure: () => Value) => Array.from({ length: count }, measure)

/** Milliseconds from saving a script to the line with the verdict of its walks. */
async function saveToVerdict(): Promise<number[]> {
  const folder = temporaryFolder()
  cpSync(join(root, 'samples'), folder, { recursive: true })
  const script = join(folder, 'alpha', 'scripts', 'greet.js')
  const source = readFileSync(script, 'utf8')
  const child = spawn(process.execPath, [program, 'test', folder, '--watch'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const waits: number[] = []
  let savedAt = 0
  for await (const line of createInterface(child.stdout)) {
    if (/^\d+ walks?:/.test(line) && savedAt > 0) waits.push(performance.now() - savedAt)
    if (!line.startsWith('Waiting')) continue
    if (waits.length === 40) break
    savedAt = performance.now()
    writeFileSync(script, `${source}\n// ${waits.length}\n`)
  }
  child.kill('SIGINT')
  remove(folder)
  return waits
}

/** Requests of an exploration of all samples for each second of it. */
function forksPerSecond(): number {
  const options = { cwd: join(root, 'samples'), encoding: 'utf8' } as const
  const { stdout } = spawnSync(process.execPath, [program, 'explore', '--budget', '5m'], options)
  const [, requests, took] = /(\d+) requests in ([\d.]+) s/.exec(stdout) ?? []
  return Number(requests) / Number(took)
}

/** A Postman collection of the same walks: each starts the journey and answers its pages. */
function collection(url: string, walks: number): object {
  const send = (name: string, query: string, body: string) => ({
    name,
    event: [
      {
        listen: 'test',
        script: {
          exec: [
            'const json = pm.response.json()',
            "for (const callback of json.callbacks || []) if (callback.type === 'ConfirmationCallback') callback.input[0].value = 0",
            "pm.variables.set('page', JSON.stringify(json))",
            "pm.test('is answered', () => pm.response.to.have.status(200))",
          ],
        },
      },
    ],
    request: {
      method: 'POST',
      header: [
        { key: 'content-type', value: 'application/json' },
        { key: 'accept-api-version', value: 'resource=2.1, protocol=1.0' },
      ],
      url: `${url}/am/json/realms/root/realms/alpha/authenticate${query}`,
      body: { mode: 'raw', raw: body },
    },
  })
  const walk = [
    send('start', '?authIndexType=service&authIndexValue=Bench', ''),
    ...times(pages, () => send('answer', '', '{{page}}')),
  ]
  return {
    info: { name: 'bench', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    item: times(walks, () => walk).flat(),
  }
}

/** Seconds of newman with the same walks, against a server that runs already. Undefined without newman. */
async function newmanSeconds(walks: number): Promise<number[] | undefined> {
  const folder = temporaryFolder()
  const data = join(folder, 'data')
  mkdirSync(data)
  // Servers and commands get it from this process.
  process.env.SIDEGATE_ADMIN_PASSWORD = password
  const server = await startSidegate(data)
  try {
    const file = join(folder, 'Bench.json')
    writeFileSync(file, journeyFile('Bench', false))
    const { origin } = new URL(server.url)
    execFileSync(process.execPath, [program, 'import', file], {
      env: { ...process.env, SIDEGATE_URL: origin },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const requests = join(folder, 'bench.json')
    writeFileSync(requests, JSON.stringify(collection(origin, walks)))
    const run = () => seconds('npx', ['--yes', newman, 'run', requests, '--silent'], folder)
    run()
    return times(3, run)
  } catch (error) {
    console.error(error)
    return undefined
  } finally {
    await server.stop()
    remove(folder)
  }
}

const say = (what: string) => console.error(`${Math.round((Date.now() - startedAt) / 1000)} s  ${what}`)
const shown = (values: readonly number[], digits = 2) => {
  const { median: middle, low, high } = spreadOf(values)
  return `${middle.toFixed(digits)} [${low.toFixed(digits)}–${high.toFixed(digits)}]`
}

say('50 walks')
const fifty = project(50)
test(fifty)
const cold = times(rounds, () => test(fifty))
say('1,000 walks')
const thousand = project(1000)
const many = times(3, () => test(thousand))
say('coverage')
const scripted = project(200, true)
const plain: number[] = []
const covered: number[] = []
for (let round = 0; round < rounds; round++) {
  plain.push(test(scripted))
  covered.push(test(scripted, '--coverage'))
}
say('save to verdict')
const waits = await saveToVerdict()
say('explore')
const forks = times(3, forksPerSecond)
say('newman')
const beside = await newmanSeconds(50)
for (const folder of [fifty, thousand, scripted]) remove(folder)

const ratio = median(ratiosOf(covered, plain))
const met = (isMet: boolean) => (isMet ? 'yes' : '**no**')
const rows = [
  ['', 'result', 'target', 'met'],
  [
    '50 walks with 250 requests, a whole process, warm compile cache',
    `${shown(cold)} s`,
    '≤ 2 s',
    met(median(cold) <= 2),
  ],
  [
    'newman with the same requests, against a server that runs already',
    beside === undefined ? 'not installed' : `${shown(beside)} s`,
    '',
    '',
  ],
  [
    '1,000 walks with 5,000 requests, a fresh world each',
    `${shown(many)} s`,
    '≤ 10 s',
    met(median(many) <= 10),
  ],
  [
    'coverage of 200 walks with a script each, compared with a run without',
    `${ratio.toFixed(2)}×`,
    '≤ 1.5×',
    met(ratio <= 1.5),
  ],
  [
    'saving a script of the samples to the verdict of its walks, 95th percentile',
    `${percentile(waits, 0.95).toFixed(0)} ms`,
    '≤ 200 ms',
    met(percentile(waits, 0.95) <= 200),
  ],
  [
    'requests of `sidegate explore` on the samples, each from a forked journey session',
    `${shown(forks, 0)} /s`,
    '≥ 500 /s',
    met(median(forks) >= 500),
  ],
]
const section = [
  '`npm run bench:test` writes this section, from one run.',
  '',
  ...measuredOn({ startedAt, loadBefore }),
  '',
  ...table(rows),
  '',
  '- Brackets hold the lowest and the highest round. Times are those of whole processes, with their start.',
  `- ${newman} runs a Postman collection with the same requests and answers. Its walks share one server and its data, and time, email`,
  '  and HTTP calls are real.',
].join('\n')
console.log(table(rows).join('\n'))
const results = join(import.meta.dirname, 'RESULTS.md')
writeFileSync(results, withSection(readFileSync(results, 'utf8'), 'Tests of journeys', section))
