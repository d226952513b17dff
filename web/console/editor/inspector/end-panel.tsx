import { nameOfEnd } from '../canvas/flow-nodes.ts'
import { useDraft, useEditor, useEditorStore } from '../editor-context.tsx'
import { startExit, targetOf } from '../model/connect.ts'
import { isThere, startId, successId } from '../model/draft.ts'
import { waysInto } from '../model/node-outcomes.ts'
import { TargetSelect } from './target-select.tsx'

/** Where the journey begins, or what leads to an end. */
export function EndPanel({ id }: { id: string }) {
  return (
    <>
      <header className="title">
        <div className="words">
          <h2>{nameOfEnd(id)}</h2>
          <p>
            {id === startId
              ? 'Where it begins'
              : id === successId
                ? 'They are signed in'
                : 'They are not signed in'}
          </p>
        </div>
      </header>
      <div className="body">{id === startId ? <Beginning /> : <WaysIn id={id} />}</div>
    </>
  )
}

function Beginning() {
  const draft = useDraft()
  const target = targetOf(draft, startExit)
  const isDangling = target !== undefined && !isThere(draft, target)
  return (
    <section className="ways-form" aria-label="Ways out">
      <ul>
        <li>
          <span>Begins with</span>
          <TargetSelect
            exit={startExit}
            target={isDangling ? undefined : target}
            label="Where the journey begins"
            isDangling={isDangling}
          />
        </li>
      </ul>
    </section>
  )
}

function WaysIn({ id }: { id: string }) {
  const draft = useDraft()
  const store = useEditorStore()
  const faces = useEditor(({ faces }) => faces)
  const into = waysInto(draft, id)
  return (
    <section className="ways-in" aria-label="Ways in">
      <h3>{into.length === 1 ? '1 way in' : `${into.length} ways in`}</h3>
      {into.length === 0 && <p className="hint">Nothing leads here yet.</p>}
      <ul>
        {into.map(({ from, outcome }) => {
          const face = faces.get(from)
          const way = face?.ways.find((each) => each.id === outcome)
          return (
            <li key={`${from} ${outcome}`}>
              <button type="button" className="link" onClick={() => store.getState().select([from])}>
                <bdi>{face?.name ?? from}</bdi>
              </button>
              {face?.isNameless !== true && <bdi className="hint">{way?.label ?? outcome}</bdi>}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
