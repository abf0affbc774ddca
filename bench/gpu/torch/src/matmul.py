import os
import time

import torch


def apply(input):
    n = input["n"]
    on_cpu = torch.rand((n, n), generator=torch.Generator().manual_seed(n), dtype=torch.float32)
    on_gpu = on_cpu.to("cuda")
    torch.cuda.synchronize()
    begin = time.monotonic()
    product = on_gpu @ on_gpu
    torch.cuda.synchronize()
    millis = (time.monotonic() - begin) * 1000
    # One row is enough to see that the numbers are right, whatever n is.
    expected = on_cpu[:1] @ on_cpu
    error = ((product[:1].cpu() - expected).abs() / expected.abs()).max().item()
    return {
        "device": torch.cuda.get_device_name(0),
        "devices_seen": torch.cuda.device_count(),
        "visible": os.environ.get("CUDA_VISIBLE_DEVICES", ""),
        "millis": millis,
        "relative_error": error,
        "held_bytes": torch.cuda.max_memory_allocated(),
    }
