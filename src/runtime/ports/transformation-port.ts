import { isJsonObject, type JsonObject } from '../../base/json.ts'
import type { NodeContext } from '../../engine/node-type.ts'
import type { FrozenScript } from '../../journeys/revision.ts'
import { ScriptFailure, type TransformationPort, type TransformedProfile } from '../../nodes/ports/ports.ts'
import { readGroovyTransformation } from '../../people/providers/social/groovy-transformation.ts'
import type { RunContext, Visit } from '../run-context.ts'
import { scriptPort } from './script-port.ts'

/** Runs the realm's profile transformations: JavaScript in the sandbox, and Groovy scripts that only map fields. */
export function transformationPort(
  run: RunContext,
  visit: Pick<Visit, 'scriptFailed'>,
  node: NodeContext<unknown>,
): TransformationPort {
  const { scripts } = run.step.frozen.content
  const javaScript = scriptPort(run, visit, node)
  return {
    async run(id, profile, inputs = ['*']) {
      const script = Object.hasOwn(scripts, id) ? scripts[id] : undefined
      if (script === undefined) return undefined
      if (script.language === 'GROOVY') return transformByTable(script, node, profile)
      const { value } = await javaScript.run({ script: id, as: 'transformation', inputs, profile })
      if (!isJsonObject(value)) throw new ScriptFailure(`Script '${script.name}' made no profile`)
      return value
    },
  }
}

function transformByTable(
  { name, source }: FrozenScript,
  { state }: NodeContext<unknown>,
  profile: TransformedProfile,
): JsonObject {
  const transform = readGroovyTransformation(source)
  if (transform === undefined) {
    throw new ScriptFailure(`Script '${name}' is in Groovy and does more than map fields: it cannot run`)
  }
  const { value, shared } = transformed(name, () => transform(profile))
  for (const [key, flag] of Object.entries(shared)) state.putShared(key, flag)
  return value
}

function transformed<Made>(name: string, transform: () => Made): Made {
  try {
    return transform()
  } catch (cause) {
    throw new ScriptFailure(`${cause instanceof Error ? cause.message : 'failed'} (${name})`, { cause })
  }
}
