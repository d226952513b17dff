import { Button } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { IconButton } from '../components/icon-button.tsx'
import { MoveButtons } from '../components/move-buttons.tsx'
import { type PropertyDraft, propertyTypes } from './draft.ts'
import { PropertyForm } from './property-form.tsx'

type PropertyRowProps = {
  property: PropertyDraft
  isOpen: boolean
  at: number
  count: number
  onOpen(isOpen: boolean): void
  onMove(by: 1 | -1): void
  onRemove(): void
  put(property: PropertyDraft): void
  problemOf(member: string): string | undefined
}

const members = ['name', 'title', 'type', 'options', 'defaultValue']

/** A property in the list: a summary, or its form when open. */
export function PropertyRow(row: PropertyRowProps) {
  const { property, isOpen, onOpen, problemOf, put } = row
  const title = titleOf(property)
  const hasProblem = !isOpen && members.some((member) => problemOf(member) !== undefined)
  return (
    <li className={isOpen ? 'open' : undefined}>
      <header className="row gap-1">
        <div className="grow">
          <b className="strong">
            <bdi>{title}</bdi>
          </b>
          <small className="fine block">
            {property.name !== '' && <code>{property.name}</code>} {aboutProperty(property)}
            {hasProblem && <span className="wrong ink-bad"> needs attention</span>}
          </small>
        </div>
        <MoveButtons name={title} at={row.at} count={row.count} color="accent" onMove={row.onMove} />
        <Button
          size="xs"
          variant="subtle"
          aria-expanded={isOpen}
          aria-label={`${isOpen ? 'Close' : 'Edit'} ${title}`}
          onClick={() => onOpen(!isOpen)}
        >
          {isOpen ? 'Close' : 'Edit'}
        </Button>
        <IconButton label={`Remove ${title}`} icon={IconTrash} color="bad" onClick={row.onRemove} />
      </header>
      {isOpen && <PropertyForm property={property} onChange={put} problemOf={problemOf} />}
    </li>
  )
}

function titleOf({ title, name }: PropertyDraft): string {
  return title || name || 'New property'
}

function aboutProperty({ type, isMultiple, isRequired, defaultValue }: PropertyDraft): string {
  return [
    isMultiple ? `list of ${propertyTypes[type]}` : propertyTypes[type],
    isRequired && 'required',
    defaultValue !== undefined && `default ${defaultValue.replaceAll('\n', ', ')}`,
  ]
    .filter((part) => part !== false)
    .join(' · ')
}
