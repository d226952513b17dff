import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { forms, readSnippets, type Snippet, scriptOf, writeDebts, writeSnippets } from './corpus.ts'
import { findDifferences } from './differences.ts'
import { runInSandbox } from './sandbox-runs.ts'

// Records the corpus with the vendor's engine, or with --debts writes where the sandbox differs from the record. README.md
// describes both.

const [argument] = process.argv.slice(2)
if (argument === undefined) {
  console.error('Usage: node quality/engine/record.ts <path of the jar> | --debts')
  process.exitCode = 1
} else if (argument === '--debts') {
  const snippets = readSnippets()
  const runs = await runInSandbox(snippets)
  const { debts, falseWarnings } = await findDifferences(runs, await runInSandbox(snippets, true))
  const ofLint = (await findDifferences(runs)).debts.length
  writeDebts('debts.tsv', debts)
  writeDebts('false-warnings.tsv', falseWarnings)
  console.log(`${debts.length} debts, ${ofLint} of the linter alone, ${falseWarnings.length} false warnings`)
} else {
  const snippets = readSnippets()
  writeSnippets(record(snippets, argument))
  console.log(`${snippets.length} snippets recorded`)
}

function record(snippets: readonly Snippet[], jar: string): Snippet[] {
  const input = snippets.flatMap((snippet, at) =>
    forms.map((form) => `${at} ${form}\t${Buffer.from(scriptOf(snippet, form)).toString('base64')}\n`),
  )
  const recorder = join(import.meta.dirname, 'Recorder.java')
  const { status, stdout } = spawnSync('java', ['-Xmx300m', '-cp', jar, recorder], {
    input: input.join(''),
    encoding: 'utf8',
    maxBuffer: 64 << 20,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  if (status !== 0) throw new Error(`Recorder.java ended with ${status}`)
  const results = new Map(stdout.split('\n').map((line) => line.split('\t') as [string, string | undefined]))
  return snippets.map((snippet, at) => ({
    ...snippet,
    recorded: Object.fromEntries(forms.map((form) => [form, decoded(results.get(`${at} ${form}`))])),
  }))
}

function decoded(text: string | undefined): string {
  if (text === undefined) throw new Error('Recorder.java left out a snippet')
  return Buffer.from(text, 'base64').toString('utf8')
}
