import { z } from 'zod'

/**
 * Why a script failed. `missing`: the realm has no such script; `language`: it is in Groovy; `state`: its writes were refused.
 * The others are faults of the script engine.
 */
const scriptFaults = [
  'runtime',
  'syntax',
  'timeout',
  'memory',
  'host',
  'limit',
  'busy',
  'missing',
  'language',
  'state',
] as const

/** The script that failed and where. Texts that the script made up are not part of it, because they can contain secrets. */
export const failedScriptSchema = z.object({
  fault: z.enum(scriptFaults),
  id: z.string(),
  /** The id of a missing script. */
  name: z.string(),
  context: z.string(),
  /** From 1. */
  line: z.number().exactOptional(),
})

export type FailedScript = z.infer<typeof failedScriptSchema>

/** What the script threw, without the name of the script. Only the record of a watched run has it. */
export type ScriptException = FailedScript & { message: string }

const faultWords: Readonly<Record<FailedScript['fault'], string>> = {
  runtime: 'threw an exception',
  syntax: 'has a syntax error',
  timeout: 'took too long',
  memory: 'used too much memory',
  host: 'threw an exception, because a call to the server failed',
  limit: 'exceeded a limit',
  busy: 'did not run, because too many scripts were waiting',
  missing: 'does not exist',
  language: 'is in Groovy and cannot run',
  state: 'made writes that were refused',
}

/** Which script failed, why and where, in a sentence. */
export function failureInWords({ fault, name, line }: FailedScript): string {
  const place = line === undefined ? '' : ` in line ${line}`
  return `The script “${name}” ${faultWords[fault]}${place}.`
}
