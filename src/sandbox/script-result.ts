import { z } from 'zod'
import { jsonObjectSchema, jsonSchema } from '../base/json.ts'
import { type Callback, type CallbackType, isCallbackType } from '../engine/callbacks.ts'
import { parseGuestJson } from './guest-json.ts'
import { ScriptError, type ScriptLogLine, type ScriptResult } from './script-engine.ts'

const action = z.object({
  outcome: z.string().exactOptional(),
  suspend: z.object({ message: z.string(), minutes: z.number().exactOptional() }).exactOptional(),
  header: z.string().exactOptional(),
  description: z.string().exactOptional(),
  stage: z.string().exactOptional(),
  errorMessage: z.string().exactOptional(),
  lockoutMessage: z.string().exactOptional(),
  sessionProperties: z.record(z.string(), z.string().nullable()).exactOptional(),
  maxSessionMinutes: z.number().exactOptional(),
  maxIdleMinutes: z.number().exactOptional(),
  identified: z.object({ kind: z.enum(['user', 'agent']), name: z.string() }).exactOptional(),
})

const callback: z.ZodType<Callback> = z.object({
  type: z.custom<CallbackType>((type) => typeof type === 'string' && isCallbackType(type)),
  output: jsonObjectSchema,
  input: jsonObjectSchema.exactOptional(),
})

const write = z.discriminatedUnion('op', [
  z.object({ op: z.enum(['putShared', 'putTransient']), key: z.string(), value: jsonSchema }),
  z.object({ op: z.enum(['mergeShared', 'mergeTransient']), value: jsonObjectSchema }),
  z.object({ op: z.literal('remove'), key: z.string() }),
])

const result = z.object({
  action,
  callbacks: z.array(callback),
  writes: z.array(write),
  outcome: jsonSchema.exactOptional(),
  config: jsonSchema.exactOptional(),
  auditEntryDetail: jsonSchema.exactOptional(),
  value: jsonSchema.exactOptional(),
})

/**
 * Parses the result of a run. The text comes from the sandbox and is untrusted, so only known members are read.
 * @throws ScriptError `runtime` for a result that the bindings can't have written, `limit` for deep nesting.
 */
export function readResult(text: string, logs: ScriptLogLine[], reads: string[]): ScriptResult {
  const parsed = result.safeParse(parseGuestJson(text, 'The result of the script'))
  if (!parsed.success) {
    throw new ScriptError(
      'runtime',
      `Script has no valid result: ${z.prettifyError(parsed.error)}`,
      undefined,
      logs,
    )
  }
  return { ...parsed.data, logs, reads }
}
