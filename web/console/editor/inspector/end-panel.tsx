import { nameOfEnd } from '../canvas/flow-nodes.ts'
import { useDraft, useEditor, useEditorStore } from '../editor-context.tsx'
import { startOutcome, targetOf } from '../model/connect.ts'
import { isInJourney, startId, successId } from '../model/draft.ts'
import { sourcesOf } from '../model/node-outcomes.ts'
import { TargetSelect } from './target-select.tsx'

/** Settings of the start or of an end. */
export function EndPanel({ id }: { id: string }) {
  return (
    <>
      <header className="title">
        <div className="words">
          <h2>{nameOfEnd(id)}</h2>
          <p>
            {id === startId
              ? 'Start of the journey'
              : id === successId
                ? 'The user is signed in'
                : 'The sign-in failed'}
          </p>
        </div>
      </header>
      <div className="body">{id === startId ? <EntrySetting /> : <IncomingConnections id={id} />}</div>
    </>
  )
}

function EntrySetting() {
  const draft = useDraft()
  const target = targetOf(draft, startOutcome)
  const isDangling = target !== undefined && !isInJourney(draft, target)
  return (
    <section className="outcomes-form" aria-label="Outcomes">
      <ul className="stack gap-6px">
        <li className="align-center gap-6px text-note breaks">
          <span>Starts with</span>
          <TargetSelect
            source={startOutcome}
            target={isDangling ? undefined : target}
            label="First node"
            isDangling={isDangling}
          />
        </li>
      </ul>
    </section>
  )
}

function IncomingConnections({ id }: { id: string }) {
  const draft = useDraft()
  const store = useEditorStore()
  const nodeViews = useEditor(({ nodeViews }) => nodeViews)
  const into = sourcesOf(draft, id)
  return (
    <section className="incoming" aria-label="Incoming connections">
      <h3>{into.length === 1 ? '1 incoming connection' : `${into.length} incoming connections`}</h3>
      {into.length === 0 && <p className="hint">No node leads here.</p>}
      <ul>
        {into.map(({ from, outcome }) => {
          const nodeView = nodeViews.get(from)
          const label = nodeView?.outcomes.find(({ id }) => id === outcome)?.label
          return (
            <li className="wrap align-baseline" key={`${from} ${outcome}`}>
              <button
                type="button"
                className="link ink-accent text-start"
                onClick={() => store.getState().select([from])}
              >
                <bdi>{nodeView?.name ?? from}</bdi>
              </button>
              {nodeView?.isPassThrough !== true && <bdi className="hint">{label ?? outcome}</bdi>}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
