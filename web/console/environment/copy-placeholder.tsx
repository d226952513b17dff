import { ActionIcon } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'

/** A button that copies a placeholder, such as `&{esv.my.name}`. */
export function CopyPlaceholder({ placeholder }: { placeholder: string }) {
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(placeholder)
    setCopied(true)
  }
  const Icon = isCopied ? IconCheck : IconCopy
  return (
    <span className="copy-placeholder">
      <ActionIcon
        variant="subtle"
        size="sm"
        aria-label={`Copy ${placeholder}`}
        title={isCopied ? 'Copied' : `Copy ${placeholder}`}
        onClick={copy}
        onBlur={() => setCopied(false)}
      >
        <Icon size={16} stroke={1.75} aria-hidden />
      </ActionIcon>
      <span className="spoken" role="status">
        {isCopied ? 'Copied' : ''}
      </span>
    </span>
  )
}
