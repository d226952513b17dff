import type { Json } from '../../../api/json.ts'
import type { Setting } from '../../../api/setting.ts'

/** What every field of a node's form gets. */
export type FieldProps = {
  name: string
  setting: Setting
  value: Json | undefined
  isRequired: boolean
  /** What is wrong with it, where the server said so. */
  error: string | undefined
  onChange(value: Json | undefined): void
  /** The gesture is over: what is typed next can be undone alone. */
  onDone(): void
}

/** What Mantine's inputs have in common. */
export function inputProps({ setting, name, isRequired, error, onDone }: FieldProps) {
  return {
    label: setting.title || name,
    description: setting.description || undefined,
    withAsterisk: isRequired && setting.default === undefined,
    error,
    onBlur: onDone,
    name,
  }
}
