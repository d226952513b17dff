import { IconPuzzle } from '@tabler/icons-react'
import { type Draft, outcomesOf } from './draft.ts'

/** How nodes of this type look on the canvas, and their settings form. */
export function NodePreview({ draft, withForm = false }: { draft: Draft; withForm?: boolean }) {
  return (
    <aside className="node-preview stack gap-2" aria-label="Preview">
      <h3 className="fine strong">On the canvas</h3>
      <div className="canvas">
        <article className="panel text-note">
          <header className="row strong breaks">
            <span className="tile stack place-center rigid">
              <IconPuzzle size={18} stroke={1.75} aria-hidden />
            </span>
            <bdi>{draft.name || 'Unnamed node'}</bdi>
          </header>
          <ul>
            {outcomesOf(draft).map((outcome) => (
              <li className="fine text-end" key={outcome}>
                <bdi>{outcome}</bdi>
              </li>
            ))}
          </ul>
        </article>
      </div>
      {withForm && draft.properties.length > 0 && (
        <>
          <h3 className="fine strong">Settings form</h3>
          <dl className="form panel gap-3 text-note">
            {draft.properties.map(({ key, title, name, isRequired, defaultValue }) => (
              <div key={key}>
                <dt className="medium">
                  <bdi>{title || name || 'Unnamed property'}</bdi>
                  {isRequired && ' *'}
                </dt>
                <dd>{defaultValue ?? ''}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </aside>
  )
}
