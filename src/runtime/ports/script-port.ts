import { defined } from '../../base/defined.ts'
import { StateError } from '../../engine/node-state.ts'
import type { NodeContext } from '../../engine/node-type.ts'
import type { ScriptException } from '../../engine/script-exception.ts'
import type { FrozenScript } from '../../journeys/revision.ts'
import { ScriptFailure, type ScriptPort, type ScriptRequest } from '../../nodes/ports/ports.ts'
import {
  ScriptError,
  type ScriptHost,
  type ScriptJob,
  type ScriptLogLine,
} from '../../sandbox/script-engine.ts'
import { kindOf, makeWrites, outcomeOf, visibleState } from '../../scripts/script-outcome.ts'
import { type RunContext, resumeUriOf, type Visit } from '../run-context.ts'

/** Runs scripts for one visit of a node. */
export function scriptPort(
  run: RunContext,
  visit: Pick<Visit, 'scriptFailed'>,
  node: NodeContext<unknown>,
): ScriptPort {
  const host = scriptHostOf(run)
  return {
    async run(request) {
      const script = resolve(run, visit, request)
      const job = jobFor(run, node, request, script)
      const write = (line: ScriptLogLine) => {
        run.effects.recorder?.line(line.level, line.message)
        run.step.log[line.level]({ logger: `scripts.${job.context}.${job.id}.(${job.name})` }, line.message)
      }
      try {
        const result = await run.world.scripts.run(job, host)
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
        visit.scriptFailed(exceptionOf(run, script, cause))
        throw new ScriptFailure(cause.message, { cause })
      }
    },
  }
}

/** Emails and changes of people are saved with the step. */
function scriptHostOf({ world, step, effects }: RunContext): ScriptHost {
  const { realm, correlationId, view } = step.request
  return world.scriptHost({
    realm,
    identities: effects.identities,
    correlationId,
    locales: view.messageLocales,
    sendMail: (mail) => void effects.mails.push(mail),
  })
}

function jobFor(
  run: RunContext,
  node: NodeContext<unknown>,
  request: ScriptRequest,
  script: FrozenScript,
): ScriptJob {
  const { headers, parameters, cookies, locales } = run.step.request.view
  return {
    name: script.name,
    id: script.id,
    context: script.context,
    kind: kindOf(request.as, script.evaluatorVersion),
    source: script.source,
    libraries: request.as === 'customNode' || !script.source.includes('require') ? {} : librariesOf(run),
    state: visibleState(node.state, request.inputs),
    callbacks: node.answers,
    ...defined({ properties: request.properties, profile: request.profile }),
    request: { headers, parameters, cookies, locales },
    ...defined({ existingSession: run.step.saved.existingSession?.properties }),
    resumedFromSuspend: node.resumedFromSuspend,
    realm: run.step.request.realm.path,
    cookieName: run.world.cookieName,
    resumeUri: resumeUriOf(run.step),
    journey: {
      name: node.journey.name,
      identityResource: node.journey.identityResource,
      innerJourney: node.journey.isInner,
      mustRun: node.journey.mustRun,
    },
  }
}

/** @throws ScriptFailure for a script that doesn't exist, or can't run. */
function resolve(
  run: RunContext,
  visit: Pick<Visit, 'scriptFailed'>,
  { script }: ScriptRequest,
): FrozenScript {
  if (typeof script !== 'string') {
    return { ...script, context: 'NODE_DESIGNER', evaluatorVersion: '2.0' }
  }
  const { scripts } = run.step.frozen.content
  const found = Object.hasOwn(scripts, script) ? scripts[script] : undefined
  if (found === undefined) {
    const message = `Script ${script} does not exist in realm ${run.step.request.realm.path}`
    visit.scriptFailed({ fault: 'missing', id: script, name: script, context: '', message })
    throw new ScriptFailure(message)
  }
  // Text that is valid in both languages can differ in meaning.
  if (found.language === 'GROOVY') {
    const message = `Script '${found.name}' is in Groovy and cannot run`
    const { id, name, context } = found
    visit.scriptFailed({ fault: 'language', id, name, context, message })
    throw new ScriptFailure(message)
  }
  return found
}

/** The sandbox ends its messages with the name of the script, or of the library, and the line. */
const place = / \(([^()]*?)(?:#\d+)?\)$/

function exceptionOf(run: RunContext, script: FrozenScript, cause: Error): ScriptException {
  const failed = libraryNamed(run, place.exec(cause.message)?.[1]) ?? script
  const { id, name, context } = failed
  const { fault, line } = cause instanceof ScriptError ? cause : ({ fault: 'state' } as const)
  return {
    ...{ fault, id, name, context, message: cause.message.replace(place, '') },
    ...defined({ line }),
  }
}

function libraryNamed({ step }: RunContext, name: string | undefined): FrozenScript | undefined {
  return Object.values(step.frozen.content.scripts).find(
    (each) => each.context === 'LIBRARY' && each.name === name,
  )
}

function librariesOf(run: RunContext): Record<string, string> {
  const libraries = Object.values(run.step.frozen.content.scripts).filter(
    ({ context, language }) => context === 'LIBRARY' && language !== 'GROOVY',
  )
  return Object.fromEntries(libraries.map(({ name, source }) => [name, source]))
}
