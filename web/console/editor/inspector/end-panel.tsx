import { nameOfEnd } from '../canvas/flow-nodes.ts'
import { useDraft, useEditor, useEditorStore } from '../editor-context.tsx'
import { startId, successId } from '../model/draft.ts'
import { sourcesOf } from '../model/node-outcomes.ts'
import { PanelTitle } from './panel-title.tsx'
import { EntrySelect } from './target-select.tsx'

/** Settings of the start or of an end. */
export function EndPanel({ id }: { id: string }) {
  return (
    <>
      <PanelTitle title={nameOfEnd(id)}>
        {id === startId
          ? 'Start of the journey'
          : id === successId
            ? 'The user is signed in'
            : 'The sign-in failed'}
      </PanelTitle>
      <div className="body">{id === startId ? <EntrySetting /> : <IncomingConnections id={id} />}</div>
    </>
  )
}

function EntrySetting() {
  return (
    <section className="outcomes-form" aria-label="Outcomes">
      <ul className="stack gap-6px">
        <li className="align-center gap-6px text-note breaks">
          <span>Starts with</span>
          <EntrySelect />
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
      <h3 className="text-note medium">
        {into.length === 1 ? '1 incoming connection' : `${into.length} incoming connections`}
      </h3>
      {into.length === 0 && <p className="fine">No node leads here.</p>}
      <ul>
        {into.map(({ from, outcome }) => {
          const nodeView = nodeViews.get(from)
          const label = nodeView?.outcomes.find(({ id }) => id === outcome)?.label
          return (
            <li className="wrap align-baseline" key={`${from} ${outcome}`}>
              <button
                type="button"
                className="link bare ink-accent text-start"
                onClick={() => store.getState().select([from])}
              >
                <bdi>{nodeView?.name ?? from}</bdi>
              </button>
              {nodeView?.isPassThrough !== true && <bdi className="fine">{label ?? outcome}</bdi>}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
