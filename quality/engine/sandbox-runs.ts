import { createScriptEngine } from '../../src/sandbox/create-script-engine.ts'
import { noHost, scriptJob } from '../../src/sandbox/fixtures/script-job.ts'
import { type ScriptEngine, ScriptError } from '../../src/sandbox/script-engine.ts'
import { type Form, forms, type Result, type Snippet, scriptOf } from './corpus.ts'

/** Recorder.java has the same state. */
const shared = {
  mail: 'a@b.example',
  method: 'sms',
  empty: '',
  count: 5,
  flag: false,
  active: true,
  roles: ['staff', 'admin'],
  address: { city: 'Bonn' },
}

export type SandboxRun = { snippet: Snippet; form: Form; result: Result }

/** Runs each snippet in both forms, as a legacy decision script. @param isAsVendor an option of the engine. */
export async function runInSandbox(snippets: readonly Snippet[], isAsVendor = false): Promise<SandboxRun[]> {
  const limits = { cpuMs: 1000, totalCpuMs: 1000, wallMs: 2000, hardWallMs: 10_000 }
  const engine = createScriptEngine({ workers: 1, limits, isAsVendor })
  try {
    const runs: SandboxRun[] = []
    for (const snippet of snippets) {
      for (const form of forms) {
        runs.push({ snippet, form, result: await resultOf(engine, scriptOf(snippet, form)) })
      }
    }
    return runs
  } finally {
    await engine.close()
  }
}

async function resultOf(engine: ScriptEngine, source: string): Promise<Result> {
  const job = scriptJob(source, {
    kind: 'legacyDecision',
    state: { shared, secure: {}, transient: {} },
    request: { headers: { 'x-device': ['phone', 'tablet'] }, parameters: {}, cookies: {}, locales: ['en'] },
  })
  try {
    return String((await engine.run(job, noHost)).outcome)
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error
    if (error.fault === 'syntax') return '! parse'
    return /On the vendor's engine/.test(error.message) ? '! refused' : '! run'
  }
}
