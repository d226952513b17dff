import './about-type.css'
import { Link } from '@tanstack/react-router'
import type { NodeType } from '../../api/node-types.ts'
import { MarkedText } from './marked-text.tsx'

type About = NonNullable<NodeType['about']>

type Props = {
  realm: string
  type: NodeType
  /** Id for the paragraph with the help. */
  helpId?: string
}

/** What a node type does, its outcomes and state keys, and a link to its reference. */
export function AboutType({ realm, type, helpId }: Props) {
  const { about, help } = type
  return (
    <div className="about-type stack fine gap-1 breaks">
      <p className="inked text-note" id={helpId}>
        {help === '' ? 'No description.' : <MarkedText text={help} />}
      </p>
      {about !== undefined && (
        <dl>
          <Outcomes outcomes={about.outcomes} />
          <Keys title="Reads" keys={about.reads} />
          <Keys title="Writes" keys={about.writes} />
        </dl>
      )}
      {about !== undefined && !type.isCustom && (
        <Link
          className="text-note"
          to="/node-types/$type"
          params={{ type: type.type }}
          search={{ realm }}
          target="_blank"
        >
          Documentation<span className="spoken"> of {type.title}, in a new tab</span>
        </Link>
      )}
    </div>
  )
}

function Outcomes({ outcomes }: { outcomes: About['outcomes'] }) {
  if (outcomes.length === 0) return null
  return (
    <>
      <dt className="text-small strong inked">Outcomes</dt>
      {outcomes.map(({ id, label, taken }) => (
        <dd key={id}>
          <b>{nameOf(id, label)}</b> {taken !== '' && <MarkedText text={taken} />}
        </dd>
      ))}
    </>
  )
}

function nameOf(id: string, label: string): string {
  if (id === '*') return 'Any'
  return label === '' ? id : label
}

function Keys({ title, keys }: { title: string; keys: About['reads'] }) {
  return (
    <>
      <dt className="text-small strong inked">{title}</dt>
      {keys.length === 0 && <dd>Nothing in state.</dd>}
      {keys.map(({ key, content }) => (
        <dd key={key}>
          {key === '*' ? <b>Any key.</b> : <code>{key}</code>} {key !== '*' && <MarkedText text={content} />}
        </dd>
      ))}
    </>
  )
}
