# Completions of inward for PowerShell. The script asks inward for suggestions, which
# never needs a passphrase. If inward can't answer, the shell completes file names.
Register-ArgumentCompleter -Native -CommandName inward -ScriptBlock {
    param($word, $line, $cursor)
    $words = @($line.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursor } |
        ForEach-Object { $_.ToString() }) + "$word"
    $found = inward completions powershell -- @words 2>$null
    if ($LASTEXITCODE -ne 0) { return }
    $found | ForEach-Object {
        $name, $about = $_ -split "`t", 2
        $about = if ($about) { $about } else { $name }
        [System.Management.Automation.CompletionResult]::new($name, $name, 'ParameterValue', $about)
    }
}
