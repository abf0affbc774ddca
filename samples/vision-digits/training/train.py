"""Trains the digit classifier and writes ../model.pt, ../labels.txt and report.json; always the same weights on one machine.

Needs torch 1.13 or newer and scikit-learn (Debian: python3-torch, python3-sklearn). Takes about two minutes on one core.

Data: "Optical recognition of handwritten digits", E. Alpaydin and C. Kaynak, UCI Machine Learning Repository, CC BY 4.0;
the 1797 digits of 8 x 8 pixels that scikit-learn carries. They lie in the order of collection, so the last 30 % are held
out as a block: a random split would put the same writers on both sides.
"""
import json
import math
from pathlib import Path

import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits

SIDE = 96
CELLS = 32
HELD_OUT = 0.3
EPOCHS = 60
HERE = Path(__file__).parent


def trimmed(picture: torch.Tensor) -> torch.Tensor:
    """The ink of one picture [h,w] (light on dark, 0 to 1), cut out and fitted into 32 x 32, averaged to 8 x 8."""
    ink = picture > 0.35
    rows = torch.nonzero(ink.any(1)).flatten()
    columns = torch.nonzero(ink.any(0)).flatten()
    if rows.numel() == 0 or columns.numel() == 0:
        return torch.zeros(1, 1, 8, 8)
    top, bottom = int(rows[0]), int(rows[-1]) + 1
    left, right = int(columns[0]), int(columns[-1]) + 1
    cut = picture[top:bottom, left:right].unsqueeze(0).unsqueeze(0)
    side = max(bottom - top, right - left)
    high = max(1, int(round((bottom - top) * 32.0 / side)))
    wide = max(1, int(round((right - left) * 32.0 / side)))
    fitted = F.adaptive_avg_pool2d(cut, [high, wide])
    above = (32 - high) // 2
    before = (32 - wide) // 2
    return F.avg_pool2d(F.pad(fitted, [before, 32 - wide - before, above, 32 - high - above]), 4)


class Net(torch.nn.Module):
    """Two layers of convolution over 8 x 8 cells."""

    def __init__(self):
        super().__init__()
        self.first = torch.nn.Conv2d(1, 32, 3, padding=1)
        self.second = torch.nn.Conv2d(32, 64, 3, padding=1)
        self.hidden = torch.nn.Linear(64 * 16, 96)
        self.last = torch.nn.Linear(96, 10)
        self.drop = torch.nn.Dropout(0.4)

    def forward(self, cells):
        seen = F.relu(self.second(F.relu(self.first(cells))))
        seen = F.max_pool2d(seen, 2).flatten(1)
        return self.last(self.drop(F.relu(self.hidden(self.drop(seen)))))


class Digits(torch.nn.Module):
    """What is published: a grey picture [1,1,h,w], 0 to 1, in; ten logits out, all equal where nothing is drawn."""

    def __init__(self, net: Net):
        super().__init__()
        self.net = net

    def forward(self, pictures: torch.Tensor) -> torch.Tensor:
        picture = pictures[0, 0]
        edge = torch.cat([picture[0], picture[-1], picture[:, 0], picture[:, -1]])
        if float(edge.mean()) > 0.5:
            picture = 1 - picture
        least = picture.min()
        most = picture.max()
        if float(most - least) < 0.15:
            return torch.zeros(1, 10)
        return self.net(trimmed((picture - least) / (most - least)))


def varied(digit, random):
    """One training digit [8,8] as somebody else might have written it: turned, slanted, thicker, thinner or blurred."""

    def between(low, high):
        return low + (high - low) * torch.rand(1, generator=random).item()

    angle, slant = math.radians(between(-13, 13)), between(-0.22, 0.22)
    wide, high = between(0.82, 1.2), between(0.85, 1.15)
    cos, sin = math.cos(angle), math.sin(angle)
    matrix = torch.tensor([[wide * cos, wide * (slant - sin), 0.0], [high * sin, high * cos, 0.0]]).unsqueeze(0)
    large = F.interpolate(F.pad(digit[None, None], [2, 2, 2, 2]), size=[72, 72], mode="bilinear", align_corners=False)
    turned = F.grid_sample(large, F.affine_grid(matrix, [1, 1, 72, 72], align_corners=False), align_corners=False)
    pen = between(0, 1)
    if pen < 0.2:
        turned = F.max_pool2d(turned, 5, 1, 2)
    elif pen < 0.45:
        turned = -F.max_pool2d(-turned, 3, 1, 1)
    elif pen < 0.6:
        turned = (turned > between(0.35, 0.55)).float()
    most = turned.max()
    return trimmed((turned / most if most > 0 else turned)[0, 0])


def paper(digit):
    """A held-out digit as a caller would send it: dark on white, 96 x 96, through the whole model."""
    large = F.interpolate(F.pad(digit[None, None], [2, 2, 2, 2]), size=[SIDE, SIDE], mode="bilinear", align_corners=False)
    return 1 - large


def main():
    torch.manual_seed(20)
    torch.set_num_threads(1)
    random = torch.Generator().manual_seed(20)
    data = load_digits()
    digits = torch.tensor(data.images / 16.0, dtype=torch.float32)
    labels = torch.tensor(data.target)
    known = int(len(digits) * (1 - HELD_OUT))

    net = Net()
    optimiser = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, EPOCHS)
    for epoch in range(EPOCHS):
        net.train()
        cells = torch.cat([varied(digits[i], random) for i in range(known)])
        for batch in torch.randperm(known, generator=random).split(64):
            loss = F.cross_entropy(net(cells[batch]), labels[batch], label_smoothing=0.03)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        schedule.step()

    model = torch.jit.script(Digits(net).eval())
    confused = [[0] * 10 for _ in range(10)]
    with torch.no_grad():
        for i in range(known, len(digits)):
            confused[int(labels[i])][int(model(paper(digits[i])).argmax())] += 1
    right = sum(confused[i][i] for i in range(10))
    total = len(digits) - known
    model.save(str(HERE.parent / "model.pt"))
    (HERE.parent / "labels.txt").write_text("".join(f"{i}\n" for i in range(10)))
    worst = sorted(((confused[i][j], i, j) for i in range(10) for j in range(10) if i != j), reverse=True)[:6]
    report = {
        "trained_on": known,
        "held_out": total,
        "right": right,
        "accuracy": round(right / total, 4),
        "most_confused": [{"drawn": i, "read": j, "times": n} for n, i, j in worst if n],
        "confusion": confused,
    }
    (HERE / "report.json").write_text(json.dumps(report, indent=1).replace("\n   ", " ").replace("\n  ]", "]") + "\n")
    print(json.dumps({name: value for name, value in report.items() if name != "confusion"}))


if __name__ == "__main__":
    main()
