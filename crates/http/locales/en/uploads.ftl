# Files that outlive a form that came back.
form-attach = Attach
form-files-kept = Attached so far
form-files-again = Choose the files again: they could not be kept.
form-file-gone = One of the attached files is not kept any more. Choose it again.
form-file-kept = { $name } ({ $size })
