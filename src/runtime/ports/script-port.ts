import { StateError } from '../../engine/node-state.ts'
import type { NodeContext } from '../../engine/node-type.ts'
import type { FrozenScript } from '../../journeys/revision.ts'
import { ScriptFailure, type ScriptPort, type ScriptRequest } from '../../nodes/ports/ports.ts'
import { ScriptError, type ScriptJob, type ScriptLogLine } from '../../sandbox/script-engine.ts'
import { kindOf, makeWrites, outcomeOf, visibleState } from '../script-outcome.ts'
import type { RunContext } from './run-context.ts'

/** Runs scripts for one visit of a node: its state, its answers, its request. */
export function scriptPort(run: RunContext, node: NodeContext<unknown>): ScriptPort {
  return {
    async run(request) {
      const job = jobFor(run, node, request)
      const logger = run.log.child({ logger: `scripts.${job.context}.${job.id}.(${job.name})` })
      const write = (line: ScriptLogLine) => {
        run.recorder?.line(line.level, line.message)
        logger[line.level](line.message)
      }
      try {
        const result = await run.scripts.run(job, (call) => run.scriptHost(call))
        for (const line of result.logs) write(line)
        node.state.noteReads(result.reads)
        makeWrites(node.state, result, job.kind.startsWith('legacy') ? request.outputs : undefined)
        return outcomeOf(result)
      } catch (cause) {
        if (cause instanceof ScriptError) {
          for (const line of cause.logs) write(line)
        } else if (!(cause instanceof StateError || cause instanceof ScriptFailure)) {
          throw cause
        }
        throw new ScriptFailure(cause.message, { cause })
      }
    },
  }
}

function jobFor(run: RunContext, node: NodeContext<unknown>, request: ScriptRequest): ScriptJob {
  const script = resolve(run, request)
  const { headers, parameters, cookies, locales } = run.request
  return {
    name: script.name,
    id: script.id,
    context: script.context,
    kind: kindOf(request.as, script.evaluatorVersion),
    source: script.source,
    libraries: request.as === 'customNode' ? {} : librariesOf(run),
    state: visibleState(node.state, request.inputs),
    callbacks: node.answers,
    ...(request.properties === undefined ? {} : { properties: request.properties }),
    ...(request.profile === undefined ? {} : { profile: request.profile }),
    request: { headers, parameters, cookies, locales },
    ...(run.existingSession === undefined ? {} : { existingSession: run.existingSession }),
    resumedFromSuspend: node.resumedFromSuspend,
    realm: run.realm.path,
    cookieName: run.cookieName,
    resumeUri: run.resumeUri,
    journey: {
      name: node.journey.name,
      identityResource: node.journey.identityResource,
      innerJourney: node.journey.isInner,
      mustRun: node.journey.mustRun,
    },
  }
}

function resolve(run: RunContext, { script }: ScriptRequest): FrozenScript {
  if (typeof script !== 'string') {
    return { ...script, context: 'NODE_DESIGNER', evaluatorVersion: '2.0' }
  }
  const { scripts } = run.frozen.content
  const found = Object.hasOwn(scripts, script) ? scripts[script] : undefined
  if (found === undefined)
    throw new ScriptFailure(`Script ${script} does not exist in realm ${run.realm.path}`)
  // Even where the text is valid JavaScript: the languages differ in what it means.
  if (found.language === 'GROOVY')
    throw new ScriptFailure(`Script '${found.name}' is in Groovy and cannot run`)
  return found
}

function librariesOf(run: RunContext): Record<string, string> {
  const libraries = Object.values(run.frozen.content.scripts).filter(
    ({ context, language }) => context === 'LIBRARY' && language !== 'GROOVY',
  )
  return Object.fromEntries(libraries.map(({ name, source }) => [name, source]))
}
