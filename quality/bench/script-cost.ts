import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'

const timesSchema = z.object({ wall: z.number(), cpu: z.number() })
const blocksSchema = z.array(z.object({ context: timesSchema, engine: timesSchema }))

export type ScriptBlocks = z.infer<typeof blocksSchema>

/** Runs a script in the engine and in `node:vm`, in a process of its own. */
export async function measureScripts(): Promise<ScriptBlocks> {
  const program = join(import.meta.dirname, 'script-runs.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [program])
  return blocksSchema.parse(JSON.parse(stdout))
}
