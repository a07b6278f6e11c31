import { CopyButton } from './copy-button'

/** Something for machines, to be taken along exactly: a key, an address, recovery codes. */
export function CodeBlockCopy({
  id,
  label,
  value,
  copyLabel,
  copiedLabel,
}: {
  id: string
  label: string
  /** Line breaks stay. */
  value: string
  copyLabel: string
  copiedLabel: string
}) {
  return (
    <div className="w-full max-w-column">
      <p id={`${id}-label`} className="text-14 font-medium">
        {label}
      </p>
      <div className="mt-2 flex items-start gap-2 rounded-sm border border-line bg-sunken py-2 ps-4 pe-2">
        <pre
          id={id}
          dir="ltr"
          aria-labelledby={`${id}-label`}
          className="min-w-0 grow self-center whitespace-pre-wrap font-mono text-14 break-all"
        >
          {value}
        </pre>
        <CopyButton value={value} source={id} label={copyLabel} copiedLabel={copiedLabel} />
      </div>
    </div>
  )
}
