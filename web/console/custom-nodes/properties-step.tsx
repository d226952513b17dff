import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { newProperty, type PropertyDraft } from './draft.ts'
import { NodePreview } from './node-preview.tsx'
import { PropertyRow } from './property-row.tsx'
import type { StepProps } from './step-props.ts'

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
        <h2 className="heading-1" tabIndex={-1}>
          Properties
        </h2>
        <p>
          Settings of each node of this type. The script reads them as <code>properties.name</code>.
        </p>
        <ol className="properties gap-2 below-3">
          {properties.map((property, index) => (
            <PropertyRow
              key={property.key}
              property={property}
              isOpen={open === property.key}
              at={index}
              count={properties.length}
              onOpen={(isOpen) => setOpen(isOpen ? property.key : undefined)}
              onMove={(by) => move(index, by)}
              onRemove={() => change({ properties: properties.filter(({ key }) => key !== property.key) })}
              put={put}
              problemOf={(member) => problemOf(`${property.key}.${member}`)}
            />
          ))}
        </ol>
        <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={add}>
          Add property
        </Button>
      </div>
      <NodePreview draft={draft} withForm />
    </div>
  )
}
