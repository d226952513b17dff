import { Link } from '@tanstack/react-router'
import type { RunStep } from '../../../api/runs.ts'
import { useEditor } from '../editor-context.tsx'
import { findNodeView } from '../inspector/use-node-view.ts'
import { endOf, journeyOf, type NumberedStep } from '../model/highlighted-path.ts'
import { readableKey, type StateLine, stateLines } from '../model/state-changes.ts'
import { OpenAsCaller } from './open-as-caller.tsx'
import { useRun } from './run-context.tsx'
import { stepsOnPage } from './run-store.ts'

/** The reason for a step's outcome, and the state keys that it read and wrote. */
export function StepDetail({ step }: { step: NumberedStep }) {
  const run = useRun(({ run }) => run)
  const nameOf = useNodeName()
  const inside = stepsOnPage(run, step)
  const isWatched = run?.isWatched ?? false
  return (
    <div className="step-detail stack gap-2 text-note breaks">
      {step.reason != null && (
        <p>
          <strong>Why:</strong> <bdi>{step.reason}</bdi>
        </p>
      )}
      <OpenAsCaller step={step} />
      {step.exception !== undefined && <ScriptExceptionDetail exception={step.exception} />}
      {inside.length > 0 && <OnPage steps={inside} />}
      <InnerLink step={step} />
      <StateDiff lines={stateLines(step, nameOf)} isWatched={isWatched} />
      <Reads step={step} nameOf={nameOf} />
      <Log step={step} />
    </div>
  )
}

/** Gives the words for how a step ended. */
export function useEnd(): (step: RunStep) => string {
  const nodeViews = useEditor(({ nodeViews }) => nodeViews)
  const catalogue = useEditor(({ catalogue }) => catalogue)
  return (step) => endOf(step, { nodeViews, catalogue })
}

function useNodeName(): (id: string) => string | undefined {
  const nodeViews = useEditor(({ nodeViews }) => nodeViews)
  return (id) => findNodeView({ nodeViews }, id)?.name
}

function OnPage({ steps }: { steps: readonly RunStep[] }) {
  const end = useEnd()
  return (
    <ul className="on-page" aria-label="On the page">
      {steps.map((step) => (
        <li className="flex justify-between" key={step.nodeId}>
          <bdi>{step.displayName || step.title}</bdi>
          <span className={step.result === 'error' ? 'chip bad' : 'chip'}>{end(step)}</span>
        </li>
      ))}
    </ul>
  )
}

/** Leads to the node of a step in the editor, unless it is on the canvas of the editor. */
function InnerLink({ step }: { step: NumberedStep }) {
  const realm = useEditor(({ realm }) => realm)
  const name = useEditor(({ name }) => name)
  const journey = journeyOf(step)
  const isRecorded = useEditor(({ isReadOnly }) => isReadOnly)
  if (journey === name && !isRecorded) return null
  return (
    <p>
      In{' '}
      <Link to="/journeys/$name" params={{ name: journey }} search={{ realm, node: step.nodeId }}>
        <bdi>{journey}</bdi>
      </Link>
    </p>
  )
}

function Reads({ step, nameOf }: { step: RunStep; nameOf(id: string): string | undefined }) {
  if (step.reads.length === 0) return null
  return (
    <details>
      <summary>Read {step.reads.length === 1 ? '1 key' : `${step.reads.length} keys`}</summary>
      <dl className="reads code text-small" dir="ltr">
        {step.reads.map(({ key, value, isMasked }) => (
          <div key={key}>
            <dt>{readableKey(key, nameOf)}</dt>
            <dd className="muted">
              {isMasked ? '•••••• masked' : value === undefined ? '' : JSON.stringify(value)}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

function Log({ step }: { step: RunStep }) {
  if (step.log.length === 0) return null
  return (
    <details>
      <summary>Log, {step.log.length === 1 ? '1 line' : `${step.log.length} lines`}</summary>
      <ol className="log code text-small" dir="ltr">
        {step.log.map(({ level, message }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: log lines are identified by their position
          <li key={at}>
            <span className={levels[level] ?? 'muted'}>{level}</span> {message}
          </li>
        ))}
      </ol>
    </details>
  )
}

const levels: Readonly<Record<string, string>> = { error: 'ink-bad', warn: 'ink-warn' }

const classNames = { added: 'added', changed: 'changed', removed: 'removed' }

/** The state changes of a step. The server masks secrets. */
function StateDiff({ lines, isWatched }: { lines: readonly StateLine[]; isWatched: boolean }) {
  if (lines.length === 0) return <p className="fine">No state changes.</p>
  return (
    <ul className="state-diff code stack text-small" aria-label="State after this step" dir="ltr">
      {lines.map((line) => (
        <li key={line.key} className={isWatched ? classNames[line.word] : 'unknown'}>
          <span aria-hidden="true">{isWatched ? line.sign : '·'}</span>
          <span>
            <span className="spoken">{isWatched ? line.word : 'written'}: </span>
            {line.key}
            {line.isMasked ? ' = •••••• masked' : valueText(line)}
          </span>
        </li>
      ))}
    </ul>
  )
}

function valueText({ before, after }: StateLine): string {
  if (after === undefined) return ''
  return before === undefined ? ` = ${after}` : `: ${before} → ${after}`
}

type Exception = NonNullable<RunStep['exception']>

/** What a script threw, with a link to its line. Runs that nobody watched have no message. */
function ScriptExceptionDetail({ exception }: { exception: Exception }) {
  const { fault, message } = exception
  return (
    <div className="script-exception stack items-start gap-1">
      {message !== undefined && (
        <p className="thrown code full-width text-small ink-bad" dir="ltr">
          {message}
        </p>
      )}
      {fault !== 'missing' && <ScriptLink exception={exception} />}
      {message === undefined && (
        <p className="fine">Only runs that are started in the editor record what a script throws.</p>
      )}
    </div>
  )
}

function ScriptLink({ exception: { id, name, context, line } }: { exception: Exception }) {
  const realm = useEditor(({ realm }) => realm)
  const isCustomNode = context === 'NODE_DESIGNER'
  return (
    <Link
      to={isCustomNode ? '/custom-nodes/$id' : '/scripts/$id'}
      params={{ id }}
      search={{ realm, line }}
      {...(isCustomNode ? { hash: 'script' } : {})}
    >
      Open <bdi>{name}</bdi>
      {line !== undefined && <>, line {line}</>}
    </Link>
  )
}
