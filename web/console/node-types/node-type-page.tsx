import './node-type-page.css'
import { useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type NodeType, readNodeTypes } from '../../api/node-types.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { LoadState } from '../components/load-state.tsx'
import { Page } from '../components/page.tsx'
import { settingsInOrder } from '../editor/model/node-type-catalogue.ts'
import { MarkedText } from './marked-text.tsx'

/** The reference of a node type, with a section for each of its versions. */
export function NodeTypePage() {
  const { type } = useParams({ from: '/node-types/$type' })
  const { realm } = useSearch({ from: '/node-types/$type' })
  const types = useQuery({
    queryKey: ['node-types', realm],
    queryFn: ({ signal }) => readNodeTypes(realm, signal),
  })
  const { data } = types
  const versions = data?.result.filter((each) => each.type === type && each.about !== undefined) ?? []
  const [first] = versions
  const title = first?.title ?? 'Node type'
  return (
    <Page title={title} {...(first !== undefined && { description: type })}>
      <LoadState query={types} of="node types" />
      {data !== undefined && first === undefined && (
        <EmptyState title={`No documentation of “${type}”`}>
          This server has no node type with this name.
        </EmptyState>
      )}
      {versions.map((each) => (
        <Version key={each.version} type={each} isOnly={versions.length === 1} />
      ))}
    </Page>
  )
}

function Version({ type, isOnly }: { type: NodeType; isOnly: boolean }) {
  const { about, help, version } = type
  if (about === undefined) return null
  const level = isOnly ? 'h2' : 'h3'
  const { needs, reads, writes, inputs, outputs } = about
  const keyHeads = ['State key', 'Content'] as const
  return (
    <article className="node-reference stack gap-5 breaks">
      {!isOnly && <h2 className="heading-2">Version {version}</h2>}
      <p className="help">
        <MarkedText text={[help, ...needs].join(' ')} />
      </p>
      <Part level={level} title="Outcomes" heads={['Outcome', 'Taken when']} rows={outcomeRows(about)} />
      <Part level={level} title="Reads" heads={keyHeads} rows={reads.map(keyRow)} note={inputs} />
      <Part level={level} title="Writes" heads={keyHeads} rows={writes.map(keyRow)} note={outputs} />
      <Part level={level} title="Settings" heads={['Setting', 'Use']} rows={settingRows(type)} />
      <Part
        level={level}
        title="Callbacks"
        heads={['Callback', 'Purpose']}
        rows={callbackRows(about)}
        note={about.suspends ? 'It can suspend the journey until a link is opened.' : undefined}
      />
      <Part level={level} title="Errors" heads={['Text', 'Cause']} rows={errorRows(about)} />
    </article>
  )
}

type About = NonNullable<NodeType['about']>

function outcomeRows({ outcomes }: About): Row[] {
  return outcomes.map(({ id, label, taken }) => [
    id === '*' ? 'Any' : label || id,
    <MarkedText key="taken" text={taken} />,
  ])
}

function callbackRows({ callbacks }: About): Row[] {
  return callbacks.map(({ kind, purpose }) => [
    kind === '*' ? 'Any' : <code key="kind">{kind}</code>,
    <MarkedText key="purpose" text={purpose} />,
  ])
}

function errorRows({ errors }: About): Row[] {
  return errors.map(({ level, text, cause }) => [
    <code key="text">{text}</code>,
    <span key="cause">
      {errorWords[level]} <MarkedText text={cause} />
    </span>,
  ])
}

const errorWords = { fail: 'Ends the journey:', error: 'Logged as an error:', warn: 'Logged as a warning:' }

function keyRow({ key, content }: { key: string; content: string }): Row {
  return [key === '*' ? 'Any' : <code key="key">{key}</code>, <MarkedText key="content" text={content} />]
}

function settingRows(type: NodeType): Row[] {
  return settingsInOrder(type).map(([name, { title, description }]) => [
    <span key="title">
      {title || name}
      <br />
      <code>{name}</code>
    </span>,
    <MarkedText key="use" text={description ?? ''} />,
  ])
}

type Row = readonly [name: ReactNode, words: ReactNode]

type PartProps = {
  title: string
  heads: readonly [string, string]
  rows: readonly Row[]
  note?: string | undefined
  level: 'h2' | 'h3'
}

function Part({ title, heads, rows, note, level }: PartProps) {
  const Heading = level
  return (
    <section>
      <Heading>{title}</Heading>
      {rows.length > 0 && (
        <table className="full-width text-note">
          <thead>
            <tr>
              {heads.map((head) => (
                <th className="fine medium" key={head}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, words], at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the rows never change
              <tr key={at}>
                <td>{name}</td>
                <td>{words}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {note !== undefined && (
        <p className="muted">
          <MarkedText text={note.charAt(0).toUpperCase() + note.slice(1)} />
        </p>
      )}
      {rows.length === 0 && note === undefined && <p className="muted">None.</p>}
    </section>
  )
}
