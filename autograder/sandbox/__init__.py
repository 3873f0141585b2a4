"""Run code that nobody trusts: a warm process inside bubblewrap forks once per submission.

Only data crosses the border (`wire`). On the trusted side: `ladder` finds the strongest isolation that holds here,
`bubblewrap` and `seccomp` build it, `launch` starts it, `talk` asks a worker, and `process` kills it. On the other
side: `zygote` stays warm, `lockdown` shuts the doors behind a worker, `worker` runs cells and cases.
"""
