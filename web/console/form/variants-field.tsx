import { Select } from '@mantine/core'
import { type ComponentType, useRef } from 'react'
import { isJsonObject, type Json } from '../../api/json.ts'
import type { Setting } from '../../api/setting.ts'
import { markOf, type NestedProps, variantFor, variantsOf } from './nested-kind.ts'
import { newValueOf } from './new-value.ts'

type Props = NestedProps & { Fields: ComponentType<NestedProps> }

/** A group of settings that is chosen from several. Choosing a group again restores its values. */
export function VariantsField({ Fields, ...props }: Props) {
  const { setting, path, value, onChange } = props
  const kept = useRef(new Map<string, Json>())
  const variants = variantsOf(setting) ?? []
  const variant = variantFor(setting, value)
  const chosen = variants.find((each) => each.title === variant?.title)
  const choose = (name: string | null) => {
    if (chosen !== undefined && isJsonObject(value)) kept.current.set(markText(chosen), value)
    const next = variants.find((each) => markText(each) === name)
    onChange(path, next === undefined ? null : (kept.current.get(markText(next)) ?? newVariant(next)))
  }
  return (
    <fieldset className="settings-group stack items-start gap-4" data-setting={path.join('.')}>
      <legend className="below-3 strong">{setting.title}</legend>
      <Select
        label={`Service for ${setting.title.toLowerCase()}`}
        description={setting.description}
        data={variants.map((each) => ({ value: markText(each), label: each.title }))}
        value={chosen === undefined ? null : markText(chosen)}
        placeholder="None"
        clearable
        onChange={choose}
      />
      {variant !== undefined && <Fields {...props} setting={variant} />}
    </fieldset>
  )
}

function markText(variant: Setting): string {
  return String(markOf(variant)?.[1] ?? '')
}

function newVariant(variant: Setting): Json {
  const [name = '', mark = ''] = markOf(variant) ?? []
  return { ...newValueOf(variant), [name]: mark }
}
