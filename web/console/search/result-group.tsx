import {
  IconAdjustments,
  IconBinaryTree,
  IconBolt,
  IconCode,
  IconPoint,
  IconPuzzle,
  IconUser,
  type TablerIcon,
} from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { allNavigationItems } from '../layout/navigation-items.ts'
import { type Entry, type Group, keyOf } from './search-entries.ts'

const titles: Readonly<Record<Entry['kind'], string>> = {
  journey: 'Journeys',
  node: 'Nodes',
  customNode: 'Custom nodes',
  script: 'Scripts',
  person: 'People',
  action: 'Actions',
  setting: 'Settings',
  place: 'Pages',
}

type Props = Group & {
  listId: string
  /** Index of its first entry in the whole list. */
  first: number
  active: Entry | undefined
  onChoose(entry: Entry): void
}

/** Results of one kind. */
export function ResultGroup({ kind, entries, more, listId, first, active, onChoose }: Props) {
  const headId = `${listId}-${kind}`
  return (
    // biome-ignore lint/a11y/useSemanticElements: a listbox must not contain a fieldset
    <div role="group" aria-labelledby={headId}>
      <div className="kind strong fine" id={headId}>
        {titles[kind]}
      </div>
      {entries.map((entry, at) => (
        <Option
          key={keyOf(entry)}
          id={`${listId}-${first + at}`}
          entry={entry}
          isActive={entry === active}
          onChoose={onChoose}
        />
      ))}
      {more > 0 && <div className="more fine">{more} more. Keep typing to narrow the list.</div>}
    </div>
  )
}

type OptionProps = { id: string; entry: Entry; isActive: boolean; onChoose(entry: Entry): void }

function Option({ id, entry, isActive, onChoose }: OptionProps) {
  const option = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isActive) option.current?.scrollIntoView({ block: 'nearest' })
  }, [isActive])
  const Icon = iconOf(entry)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the input above handles the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the input keeps the focus and names the active option
    <div
      ref={option}
      id={id}
      className="option stack align-center gap-3"
      role="option"
      aria-selected={isActive}
      onClick={() => onChoose(entry)}
    >
      <Icon size={18} stroke={1.75} aria-hidden />
      <span>
        <bdi className="name one-line block medium">{entry.name}</bdi>
        {entry.detail !== '' && <bdi className="detail fine one-line block">{entry.detail}</bdi>}
      </span>
    </div>
  )
}

const icons: Readonly<Record<Exclude<Entry['kind'], 'place'>, TablerIcon>> = {
  journey: IconBinaryTree,
  node: IconPoint,
  customNode: IconPuzzle,
  script: IconCode,
  person: IconUser,
  action: IconBolt,
  setting: IconAdjustments,
}

function iconOf({ kind, id }: Entry): TablerIcon {
  if (kind !== 'place') return icons[kind]
  return allNavigationItems.find(({ to }) => to === id)?.Icon ?? IconCode
}
