import { ActionIcon, Button } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { newProperty, type PropertyDraft, propertyTypes } from './draft.ts'
import { NodePreview } from './node-preview.tsx'
import { PropertyForm } from './property-form.tsx'
import type { StepProps } from './step.ts'

export function PropertiesStep({ draft, change, problemOf }: StepProps) {
  const { properties } = draft
  const [open, setOpen] = useState<string>()
  const put = (changed: PropertyDraft) =>
    change({ properties: properties.map((property) => (property.key === changed.key ? changed : property)) })
  const add = () => {
    const property = newProperty(crypto.randomUUID())
    change({ properties: [...properties, property] })
    setOpen(property.key)
  }
  const move = (index: number, by: 1 | -1) => {
    const order = [...properties]
    order.splice(index + by, 0, ...order.splice(index, 1))
    change({ properties: order })
  }
  return (
    <div className="pane">
      <div>
        <h2>Properties</h2>
        <p>
          What can be set on each node of this type. The script reads them as <code>properties.name</code>.
        </p>
        <ol className="properties">
          {properties.map((property, index) => {
            const title = property.title || property.name || 'New property'
            const isOpen = open === property.key
            const hasProblem = ['name', 'title', 'type', 'options', 'defaultValue'].some(
              (member) => problemOf(`${property.key}.${member}`) !== undefined,
            )
            return (
              <li key={property.key} className={isOpen ? 'open' : undefined}>
                <header>
                  <div>
                    <b>
                      <bdi>{title}</bdi>
                    </b>
                    <small>
                      {property.name !== '' && <code>{property.name}</code>} {aboutProperty(property)}
                      {hasProblem && !isOpen && <span className="wrong"> needs a look</span>}
                    </small>
                  </div>
                  <ActionIcon
                    variant="subtle"
                    aria-label={`Move ${title} up`}
                    disabled={index === 0}
                    onClick={() => move(index, -1)}
                  >
                    <IconArrowUp size={16} aria-hidden />
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle"
                    aria-label={`Move ${title} down`}
                    disabled={index === properties.length - 1}
                    onClick={() => move(index, 1)}
                  >
                    <IconArrowDown size={16} aria-hidden />
                  </ActionIcon>
                  <Button
                    size="xs"
                    variant="subtle"
                    aria-expanded={isOpen}
                    aria-label={`${isOpen ? 'Close' : 'Edit'} ${title}`}
                    onClick={() => setOpen(isOpen ? undefined : property.key)}
                  >
                    {isOpen ? 'Close' : 'Edit'}
                  </Button>
                  <ActionIcon
                    variant="subtle"
                    color="bad"
                    aria-label={`Remove ${title}`}
                    onClick={() =>
                      change({ properties: properties.filter(({ key }) => key !== property.key) })
                    }
                  >
                    <IconTrash size={16} aria-hidden />
                  </ActionIcon>
                </header>
                {isOpen && (
                  <PropertyForm
                    property={property}
                    put={put}
                    problemOf={(member) => problemOf(`${property.key}.${member}`)}
                  />
                )}
              </li>
            )
          })}
        </ol>
        <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={add}>
          Add a property
        </Button>
      </div>
      <NodePreview draft={draft} withForm />
    </div>
  )
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
